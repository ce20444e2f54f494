"""A training catalogue in LHÉO, written for the tests."""

FORMATION = """
<formation numero="{number}" datemaj="20260901">
  <domaine-formation><code-FORMACODE ref="V14">15041</code-FORMACODE>{rome}</domaine-formation>
  <intitule-formation>Français langue étrangère, niveau A2</intitule-formation>
  <objectif-formation>Se faire comprendre au travail.</objectif-formation>
  <contenu-formation>Oral, écrit &amp; phonétique.</contenu-formation>
  <url-formation><urlweb>https://of.example.org/a2</urlweb></url-formation>
  <action numero="A1">
    <conditions-specifiques>Parler un peu français</conditions-specifiques>
    <modalites-enseignement>2</modalites-enseignement>
    <frais-restants>0</frais-restants>
    <lieu-de-formation><coordonnees><nom>Mme Durand</nom><adresse numero="1">
      <ligne>3 rue des Écoles</ligne><codepostal>86000</codepostal><ville>Poitiers</ville>
      <code-INSEE-commune>86194</code-INSEE-commune>
      <geolocalisation><latitude>46.58</latitude><longitude>0.34</longitude></geolocalisation>
    </adresse><telfixe><numtel>0549000000</numtel></telfixe><web><urlweb>https://lieu.example.org</urlweb></web>
    </coordonnees></lieu-de-formation>
    {sessions}
    <nombre-heures-total>120</nombre-heures-total>
  </action>
  <organisme-formation-responsable>
    <SIRET-organisme-formation><SIRET>12345678900011</SIRET></SIRET-organisme-formation>
    <nom-organisme>Mots en chemin</nom-organisme>
    <coordonnees-organisme><coordonnees><adresse><codepostal>86000</codepostal><ville>Poitiers</ville></adresse>
    </coordonnees></coordonnees-organisme>
  </organisme-formation-responsable>
</formation>"""

SESSION = """<session><periode><debut>{start}</debut><fin>{end}</fin></periode>
<etat-recrutement>{state}</etat-recrutement></session>"""


def build_session(start: str = "20270104", end: str = "20270331", state: str = "1") -> str:
    return SESSION.format(start=start, end=end, state=state)


def build_formation(number: int = 1, sessions: str | None = None, rome: str = "") -> str:
    return FORMATION.format(number=f"F{number}", sessions=build_session() if sessions is None else sessions, rome=rome)


def build_catalogue(*formations: str, namespace: str = "https://www.lheo.org/2.3") -> str:
    content = "".join(formations or (build_formation(),))
    return f'<?xml version="1.0" encoding="UTF-8"?><lheo xmlns="{namespace}"><offres>{content}</offres></lheo>'
