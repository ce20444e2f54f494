from indexer.dedupe.merge import complete_offer
from indexer.schema import Offer


def offer(record_id: str, **fields: object) -> Offer:
    return Offer.model_validate({"source": record_id.split("--")[0], "id": record_id, "nom": "Atelier CV"} | fields)


def test_what_the_best_record_leaves_out_is_said_by_the_first_that_says_it() -> None:
    others = [offer("b--1", telephone=None), offer("c--1", telephone="+33384000000"), offer("d--1", telephone="+331")]
    whole, said = complete_offer(offer("a--1"), others)
    assert (whole.telephone, said) == ("+33384000000", {"telephone": "c--1"})


def test_what_the_best_record_says_stays_even_when_it_is_false() -> None:
    whole, said = complete_offer(offer("a--1", accessible_pmr=False), [offer("b--1", accessible_pmr=True)])
    assert whole.accessible_pmr is False
    assert said == {}


def test_dates_and_zones_are_never_borrowed() -> None:
    whole, said = complete_offer(offer("a--1"), [offer("b--1", zone_eligibilite=["90"], suspendue=True, age_max=25)])
    assert (whole, said) == (offer("a--1"), {})
