"""Users and organisations: what is accepted, and who manages whom."""

import pytest

from indexer.accounts import Accounts, Actor, Role, User
from indexer.accounts.team import may_manage, roles_given_by, sees
from indexer.accounts.users import NewUser
from indexer.errors import AccountError, NotFoundError


def actor_of(user: User, role: Role) -> Actor:
    return Actor("un-autre-compte", "Autre", role, user.organisation_id, user.organisation_name)


@pytest.mark.parametrize(
    "email", ["", "sans-arobase", "a@b", "a b@exemple.fr", "a@exemple.fr\nBcc: x@y.fr", "@exemple.fr"]
)
def test_what_is_no_address_is_refused(accounts: Accounts, user: User, email: str) -> None:
    with pytest.raises(AccountError) as refused:
        accounts.add_user(NewUser(email, "Nom", Role.REFERENT, user.organisation_id))
    assert refused.value.field == "courriel"


def test_an_address_has_one_account_however_it_is_written(accounts: Accounts, user: User) -> None:
    with pytest.raises(AccountError, match="a déjà un compte"):
        accounts.add_user(NewUser(user.email.upper(), "Nom", Role.REFERENT, user.organisation_id))


def test_a_user_belongs_to_an_organisation_that_exists(accounts: Accounts) -> None:
    with pytest.raises(NotFoundError):
        accounts.add_user(NewUser("a@exemple.fr", "Nom", Role.REFERENT, "inconnue"))


@pytest.mark.parametrize(("name", "field"), [("", "nom"), ("x" * 151, "nom"), ("MAISON DE L’EMPLOI", "nom")])
def test_an_organisation_has_a_name_of_its_own(accounts: Accounts, user: User, name: str, field: str) -> None:
    with pytest.raises(AccountError) as refused:
        accounts.add_organisation(name)
    assert refused.value.field == field


def test_a_siret_is_checked_and_kept_without_spaces(accounts: Accounts) -> None:
    assert accounts.add_organisation("A", "732 829 320 00074").siret == "73282932000074"
    with pytest.raises(AccountError, match="SIRET"):
        accounts.add_organisation("B", "732 829 320 00075")


@pytest.mark.parametrize(
    ("role", "given"),
    [
        (Role.REFERENT, ()),
        (Role.COORDINATEUR, (Role.REFERENT, Role.COORDINATEUR)),
        (Role.ADMINISTRATEUR, tuple(Role)),
    ],
)
def test_each_role_gives_only_roles_below_its_own(user: User, role: Role, given: tuple[Role, ...]) -> None:
    assert roles_given_by(actor_of(user, role)) == given


def test_only_an_administrator_sees_other_organisations(user: User) -> None:
    away = {role: Actor("x", "X", role, "ailleurs", "Ailleurs") for role in Role}
    assert {role for role, actor in away.items() if sees(actor, user)} == {Role.ADMINISTRATEUR}


def test_nobody_closes_their_own_account(user: User) -> None:
    own = Actor(user.id, user.name, Role.ADMINISTRATEUR, user.organisation_id, user.organisation_name)
    assert not may_manage(own, user)


def test_the_log_tells_who_and_which_file_and_nothing_else(accounts: Accounts, user: User) -> None:
    actor = Actor(user.id, user.name, user.role, user.organisation_id, user.organisation_name)
    for kind in ("lecture", "export"):
        with accounts.database.writing() as connection:
            accounts.note_access(connection, actor, kind, "dossier-1")
    found = accounts.accesses(about="dossier-1")
    assert [(access.kind, access.name, access.user_id) for access in found] == [
        ("export", "Camille", user.id),
        ("lecture", "Camille", user.id),
    ]
    assert accounts.accesses(about="dossier-2") == []


def test_the_right_to_moderate_goes_with_the_role_for_which_it_was_given(accounts: Accounts, user: User) -> None:
    accounts.let_moderate(user.id, True)
    assert accounts.get_user(user.id).moderates
    accounts.set_role(user.id, Role.COORDINATEUR)
    accounts.set_role(user.id, Role.REFERENT)
    assert not accounts.get_user(user.id).moderates


def test_the_right_to_moderate_is_a_referent_s(accounts: Accounts, user: User) -> None:
    accounts.set_role(user.id, Role.ADMINISTRATEUR)
    with pytest.raises(AccountError, match="modère déjà"):
        accounts.let_moderate(user.id, True)
