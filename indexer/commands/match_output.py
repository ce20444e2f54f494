"""A plan, readable in a terminal."""

from rich.console import Console

from indexer.matching.plan import Plan, PlanJob, PlanNeed, PlanOffer


def show_plan(plan: Plan, console: Console) -> None:
    """Urgency first, then steps, needs, jobs, rights, and what was not understood."""
    if plan.urgence is not None:
        numbers = " · ".join(f"{line.number} {line.name}" for line in plan.urgence.numbers)
        console.print(f"URGENCE : {plan.urgence.message} {numbers}", markup=False, style="bold red")
    where = "ce point" if plan.lieu is None else plan.lieu.nom
    reach = plan.portee
    told = f"Plan autour de {where} : {reach.rayon_km:g} km, {reach.moyen}, {reach.duree_max_min} min (estimation)"
    console.print(told, markup=False, style="bold")
    for alert in plan.alertes:
        console.print(f"À savoir : {alert}", markup=False)
    for step in plan.etapes:
        console.print(f"\nÉtape {step.rang} : {step.titre}", markup=False, style="bold")
        console.print(f"  {step.objectif}", markup=False)
    for need in plan.besoins:
        _show_need(need, console)
    for job in plan.metiers:
        _show_job(job, console)
    for right in plan.droits:
        console.print(f"\nDroit à vérifier : {right.titre}\n  {right.pourquoi}\n  {right.lien}", markup=False)
    for line in plan.non_compris:
        console.print(f"Non compris : {line}", markup=False)


def _show_need(need: PlanNeed, console: Console) -> None:
    console.print(f"\nBesoin : {need.label} ({need.origine}, {need.priorite})", markup=False, style="bold")
    _show_offers(need.offres, console)
    if need.sans_offre is None:
        return
    nearest = need.sans_offre.offre_la_plus_proche
    console.print("  Rien à portée.", markup=False)
    if nearest is not None:
        _show_offers((nearest,), console)
    _show_offers(need.sans_offre.a_distance, console)


def _show_job(job: PlanJob, console: Console) -> None:
    console.print(f"\nMétier : {job.libelle} ({job.code_rome}, {job.origine})", markup=False, style="bold")
    if job.tension is not None:
        tension = job.tension
        console.print(f"  Tension {tension.niveau} sur 5, {tension.territoire}, {tension.millesime}", markup=False)
    _show_offers((*job.immersions, *job.formations), console)


def _show_offers(offers: tuple[PlanOffer, ...], console: Console) -> None:
    for offer in offers:
        far = "à distance" if offer.distance_km is None else f"{offer.distance_km:g} km"
        way = "" if offer.duree_min is None else f", {offer.duree_min} min"
        console.print(f"  - {offer.nom} ({far}{way})", markup=False)
        for line in (*offer.raisons, *(f"à savoir : {reserve}" for reserve in offer.reserves)):
            console.print(f"      {line}", markup=False, style="dim")
