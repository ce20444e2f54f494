"""The address of a page as a QR code, for the printed sheet."""

from functools import lru_cache

from markupsafe import Markup


@lru_cache(maxsize=256)
def build_qr_code(address: str) -> Markup | None:
    """The same as `draw_qr_code`, kept: the sheet of an offer is printed again and again."""
    return draw_qr_code(address)


def draw_qr_code(address: str) -> Markup | None:
    """An SVG drawing to put in a page, black on nothing; None for an address longer than a code can hold."""
    import segno  # 20 ms, XML included, for printed pages only

    try:
        code = segno.make_qr(address, error="m")
    except segno.DataOverflowError:
        return None
    drawing = code.svg_inline(svgclass=None, lineclass=None, omitsize=True)
    return Markup(drawing)  # noqa: S704  drawn by us: holds modules of the code, no text of the address
