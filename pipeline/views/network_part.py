"""What the report shows of the network of terms."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.mining.concor import MOST_ITERATIONS, TOLERANCE
from pipeline.records import Network, NetworkTerm
from pipeline.sentences import short
from pipeline.views.network_drawing import Drawing, draw_network
from pipeline.views.network_tables import block_members, shown_labels

_MOST_CENTRAL = 20
_MOST_MEMBERS = 12


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block: its terms, how many are not named, and its ``(density, is in the image)``."""

    number: int
    members: tuple[str, ...]
    more: int
    cells: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """The picture, the most central terms as ``(label, term)``, the blocks, and their rules."""

    network: Network
    drawing: Drawing
    central: tuple[tuple[str, NetworkTerm], ...]
    blocks: tuple[BlockRow, ...]
    alpha: str
    tolerance: float = TOLERANCE
    most_iterations: int = MOST_ITERATIONS


def network_part(network: Network | None) -> NetworkPart | None:
    """Return what to show; nothing where nothing is tied."""
    if network is None or not network.edges:
        return None
    shown, members = shown_labels(network), block_members(network)
    ranked = sorted(network.terms, key=lambda one: (-one.degree, -one.frequency, one.term))
    blocks = tuple(
        BlockRow(
            number,
            tuple(members[number][:_MOST_MEMBERS]),
            max(0, len(members[number]) - _MOST_MEMBERS),
            tuple(
                ("–" if density is None else short(density, 3), bool(image))
                for density, image in zip(densities, images, strict=True)
            ),
        )
        for number, (densities, images) in enumerate(
            zip(network.density, network.image, strict=True), 1
        )
    )
    central = tuple((shown[one.term], one) for one in ranked[:_MOST_CENTRAL])
    return NetworkPart(network, draw_network(network), central, blocks, short(network.alpha, 3))
