"""Offers and structures in the words of schema.org, for search engines. Says only what the catalogue says.

An immersion is no job: `JobPosting` would promise one. Who holds an offer is often no administration: never
`GovernmentService`. An example does not exist: it has no facts.
"""

from datetime import date
from typing import Any

from indexer.schema.vocabulary import label_of
from ui import urls
from ui.contexts.facts import EXAMPLE_SOURCE, is_only_remote
from ui.head import Facts
from ui.offer_json import OfferJson, SessionJson, StructureJson, coming_sessions
from ui.plain_text import build_lead
from ui.site import Site

MAX_SESSIONS = 20
_CONTEXT = "https://schema.org"
_IN_PERSON = "https://schema.org/OfflineEventAttendanceMode"
_REMOTE = "https://schema.org/OnlineEventAttendanceMode"


def build_offer_facts(offre: OfferJson, today: date, site: Site) -> Facts | None:
    """None for an example. `today` leaves past sessions out."""
    if offre["source"] == EXAMPLE_SOURCE:
        return None
    sessions = [session for _, session in coming_sessions(offre["sessions"], today)][:MAX_SESSIONS]
    if offre["type_offre"] == "formation":
        return _top(_course(offre, sessions, site))
    if offre["type_offre"] == "atelier" and sessions:
        return {"@context": _CONTEXT, "@graph": [_event(offre, session, site) for session in sessions]}
    return _top(_service(offre, site))


def build_structure_facts(fields: StructureJson, site: Site) -> Facts | None:
    if fields["source"] == EXAMPLE_SOURCE:
        return None
    return _top(_organization(fields, site) | _present({"description": build_lead(fields["description"])}))


def _top(facts: Facts) -> Facts:
    return {"@context": _CONTEXT} | facts


def _common(offre: OfferJson, site: Site) -> Facts:
    return _present(
        {
            "name": offre["nom"],
            "description": build_lead(offre["description"]),
            "url": site.absolute(urls.offer(offre["id"])),
            "inLanguage": offre["langues"],
            "isAccessibleForFree": True if offre["frais"] == "gratuit" else None,
        }
    )


def _service(offre: OfferJson, site: Site) -> Facts:
    common = _common(offre, site)
    languages = common.pop("inLanguage", None)
    free = common.pop("isAccessibleForFree", None)
    return _present(
        common
        | {
            "@type": "Service",
            "serviceType": label_of("types_offre", offre["type_offre"]),
            "category": [label_of("thematiques", code) for code in offre["thematiques"] or ()] or None,
            "provider": _provider(offre, site),
            "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"} if free else None,
            "availableChannel": _present(
                {
                    "@type": "ServiceChannel",
                    "availableLanguage": languages,
                    "servicePhone": _contact_point(offre["telephone"]),
                    "serviceLocation": _place(offre),
                }
            ),
        }
    )


def _course(offre: OfferJson, sessions: list[SessionJson], site: Site) -> Facts:
    mode = "Online" if is_only_remote(offre) else "Onsite"
    instances = [
        _present(
            {
                "@type": "CourseInstance",
                "courseMode": mode,
                "startDate": session["debut"],
                "endDate": session["fin"],
                "location": _place(offre),
            }
        )
        for session in sessions
    ]
    return _present(
        _common(offre, site)
        | {"@type": "Course", "provider": _provider(offre, site), "hasCourseInstance": instances or None}
    )


def _event(offre: OfferJson, session: SessionJson, site: Site) -> Facts:
    remote = is_only_remote(offre)
    address = site.absolute(urls.offer(offre["id"]))
    return _present(
        _common(offre, site)
        | {
            "@type": "Event",
            "startDate": session["debut"],
            "endDate": session["fin"],
            "maximumAttendeeCapacity": session["places"],
            "remainingAttendeeCapacity": session["places_restantes"],
            "eventAttendanceMode": _REMOTE if remote else _IN_PERSON,
            "location": _present({"@type": "VirtualLocation", "url": address}) if remote else _place(offre),
            "organizer": _provider(offre, site),
        }
    )


def _provider(offre: OfferJson, site: Site) -> Facts | None:
    return None if offre["structure"] is None else _organization(offre["structure"], site)


def _organization(fields: StructureJson, site: Site) -> Facts:
    return _present(
        {
            "@type": "Organization",
            "name": fields["nom"],
            "url": site.absolute(urls.structure(fields["id"])),
            "sameAs": urls.web(fields["site_web"]),
            "telephone": fields["telephone"],
            "email": fields["courriel"],
            "address": _address(fields),
        }
    )


def _contact_point(phone: str | None) -> Facts | None:
    return None if phone is None else {"@type": "ContactPoint", "telephone": phone}


def _place(offre: OfferJson) -> Facts | None:
    """None for an offer that is only remote, or whose place nobody told."""
    address = _address(offre)
    if is_only_remote(offre) or address is None:
        return None
    structure = offre["structure"]
    named = {"@type": "Place", "name": None if structure is None else structure["nom"], "address": address}
    exact = offre["latitude"] is not None and offre["longitude"] is not None and not offre["position_approximative"]
    point = {"@type": "GeoCoordinates", "latitude": offre["latitude"], "longitude": offre["longitude"]}
    return _present(named | {"geo": point if exact else None})


def _address(fields: OfferJson | StructureJson) -> Facts | None:
    if fields["commune"] is None:
        return None
    street = ", ".join(part for part in (fields["adresse"], fields["complement_adresse"]) if part)
    return _present(
        {
            "@type": "PostalAddress",
            "streetAddress": street or None,
            "postalCode": fields["code_postal"],
            "addressLocality": fields["commune"],
            "addressCountry": "FR",
        }
    )


def _present(facts: dict[str, Any]) -> Facts:
    return {name: value for name, value in facts.items() if value is not None}
