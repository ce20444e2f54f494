"""Words that carry no need, folded (lower case, no accents)."""

from typing import Final

STOPWORDS: Final = frozenset(
    """
    a afin ai ainsi alors apres as au aucun aucune aujourd aupres auquel aussi autour autre autres aux avant avec avez
    avoir avons ayant c ca car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez ci comme comment
    d dans de depuis des donc dont du elle elles en encore entre es est et etait etant etc ete etes etre eu eux
    fait font grace hors hui ici il ils j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs
    lorsqu lorsque lui m ma mais me meme memes mes moi moins mon n ne ni non nos notre notamment nous on ont ou par
    parce parfois pas pendant peu peut peuvent plupart plus plusieurs pour pourquoi puis puisque qu quand que quel
    quelle quelles quelque quelques quels qui quoi quoique s sa sans se selon sera seront ses si sinon soi soient soit
    sommes son sont sous souvent suis sur t ta tandis tant te tel telle telles tels tes toi ton tous tout toute toutes
    tres trop tu un une vers via voici voila vos votre vous vu y
    """.split()
)

CONVERSATIONAL: Final = frozenset(
    """
    aider aide aides aidez aimerais aimerait arrive arrives arriver besoin bonjour bonsoir cherche cherchent chercher
    comment connaissez dois doit faire faut fais merci peux pouvoir plait pourrais pourrait proche pres recherche
    rechercher svp sais savoir souhaite souhaiterais svp trouve trouver trouves urgent vais veux veut voudrais voudrait
    quelqu chose choses personne personnes
    """.split()
)
"""Words by which one asks. They weigh nothing in a query that says anything else."""
