"""How a page leaves the screen: its whole address, a letter that holds it, its QR code for paper."""

from dataclasses import dataclass

from fastapi import Request
from markupsafe import Markup

from ui import urls
from ui.qr_code import build_qr_code
from ui.rendering import PRIVATE, PUBLIC
from ui.site import Site


@dataclass(frozen=True, slots=True)
class Sharing:
    """`address` is whole; `qr_code` None when the address is too long for one."""

    title: str
    address: str
    mail_url: str
    qr_code: Markup | None


def build_sharing(title: str, address: str) -> Sharing:
    return Sharing(title, address, urls.share_by_mail(title, address), build_qr_code(address))


def whole_address(request: Request, site: Site, path: str) -> str:
    """The public address of a page; as this request names the site when no setting does."""
    return site.absolute(path) or f"{request.url.scheme}://{request.url.netloc}{path}"


def cache_of(site: Site) -> str:
    """For pages that hold their whole address: as a request names it, it is for who sent that request only."""
    return PRIVATE if site.base_url is None else PUBLIC
