"""Words that say nothing of a subject, folded (no accents): grammar, and the phrases of wishing.

`FRENCH` and `ENGLISH` are grammar: they never carry meaning alone. `WISHING` are the verbs and
nouns with which ideas are put in any subject ("il faudrait créer un projet pour développer..."):
they weigh nothing in likeness, and no title ends on one.
"""

from __future__ import annotations

FRENCH = frozenset(
    """
    a ai aie aient ailleurs ainsi ait alors apres as assez au aucun aucune aujourd aupres auquel aura
    aurai auraient aurais aurait auras aurez aurions auront aussi autant autour autre autres autrui
    aux auxquelles auxquels avaient avais avait avant avec avez aviez avions avoir avons ayant ayez
    ayons beaucoup bien bon bonne bonnes bons c ca car ce ceci cela celle celles celui cependant
    certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci comme
    comment contre d dans de debout dedans dehors deja depuis derriere des desormais desquelles
    desquels dessous dessus deux devant devenir devient devra devrait devraient dit doit doivent donc
    dont du duquel durant elle elles en encore enfin ensuite entre envers environ es est et etaient
    etais etait etant etc ete etes etre eu eue eues eurent eus eut eux fais faisant fait faite faites
    faits faire fasse fassent faudra faudrait faut fera ferait feront font furent fut grace guere ha
    hors hui il ils j jamais je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur
    leurs loin lorsqu lorsque lors lui m ma maintenant mais malgre me meme memes merci mes mien mienne
    mieux moi moins mon n ne neanmoins ni non nos notre nous nul nulle o on ont or ou oui par
    parce parfois parmi partout pas pendant personne peu peut peuvent peux plupart plus plusieurs
    plutot pour pourquoi pourra pourraient pourrais pourrait pourrions pouvoir pres presque puis
    puisqu puisque qu quand quant que quel quelle quelles quelqu quelque quelques quels qui quiconque
    quoi quoique rien s sa sans sauf se selon sera serai seraient serais serait seras serez seront
    ses seul seule seulement si sien sienne sinon soi soient sois soit sommes son sont sous souvent
    soyez suis suite sur surtout t ta tandis tant te tel telle telles tels tes toi ton toujours tous
    tout toute toutes tres trop tu un une unes uns va vais vas vers voici voila vont vos votre vous
    vraiment vrai vs vu y
    """.split()  # noqa: SIM905 - a list of 330 quoted words would be unreadable
)

ENGLISH = frozenset(
    """
    a about above after again against all almost along already also although always am among an and
    another any anybody anyone anything are around as at away b be because been before being below
    between both but by can cannot could d did do does doing done down during each either else enough
    even ever every everybody everyone everything few for from further get gets getting got had has
    have having he her here hers herself him himself his how however i if in instead into is it its
    itself just less let like ll lot lots many may maybe me might more most much must my myself near
    need needs neither never no nobody nor not nothing now of off often on once one only onto or other
    others our ours ourselves out over own per perhaps please quite rather re really s same shall she
    should since so some somebody someone something sometimes soon still such t than that the their
    theirs them themselves then there these they thing things this those though through thus to
    together too toward towards under until up upon us ve very via want wants was we were what
    whatever when where whether which while who whole whom whose why will with within without would
    yes yet you your yours yourself
    """.split()  # noqa: SIM905
)

WISHING = frozenset(
    """
    action actions agir aimerais aimerait aimerions besoin besoins chose choses construire creation
    creer cree creez demarche developpement developper developpons dispositif donner encourager essayer
    favoriser idee idees imaginer imaginons initiative initiatives inventer lancer lancons mettre
    mettons mise monter objectif organiser organisons passer permet permettant permettent permettre
    permettrait possibilite possible pouvons projet projets promouvoir proposer proposition propose
    question reflechir renforcer solution solutions souhaite souhaiterais souhaitons soutenir sujet
    systeme trouver truc veut voudrais voudrait vouloir veux
    allow allowing build creating create creates develop developing development encourage idea ideas
    make makes making offer offering organise organize project projects propose provide providing
    set setting solution solutions start starting support use
    """.split()  # noqa: SIM905
)
