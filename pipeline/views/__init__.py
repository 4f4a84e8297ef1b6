"""Views (보기): what a researcher opens, written from one ``Analysis``.

Every writer is pure: records in, text or bytes out, the same for the same records. The
caller puts them on disk. Text is escaped here, at the border, for the format at hand:
formulas in CSV, XML's characters in XLSX, markup in HTML.
"""
