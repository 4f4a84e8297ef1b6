from __future__ import annotations

from pipeline.views.review.pages import environment, static_files


def test_text_is_escaped_and_made_visible() -> None:
    template = environment().from_string("<p>{{ text }}</p>{{ list|tojson|forceescape }}")
    made = template.render(text="<b>\u202e가", list=['"><script>', "</template>"])
    assert "<b>" not in made
    assert "\u202e" not in made
    assert "<script>" not in made
    assert '"' not in made.split("</p>")[1]


def test_what_is_served_was_read_beforehand() -> None:
    files = static_files()
    assert {"desk.js", "review.css", "keys.js", "icon.svg"} <= set(files)
    assert all("/" not in name and not name.startswith(".") for name in files)
    for data, kind in files.values():
        assert data
        assert kind.split("/")[0] in {"text", "image"}


def test_scripts_name_no_place_outside() -> None:
    for name, (data, _) in static_files().items():
        text = data.decode("utf-8").replace("http://www.w3.org/", "")
        if name != "htmx.min.js":
            assert "http://" not in text, name
            assert "https://" not in text, name
