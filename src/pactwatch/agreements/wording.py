"""The part of the agreement file that is about clauses; `schema` holds the rest."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pactwatch.model import Act, ClauseRole, Modality

Words = tuple[str, ...]


class Table(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: a field that it does not know is a mistake, with the nearest one that exists."""


class ProvisionTable(Table):
    """`[clause.provision]`: what sort of provision it is, in the words of two collections of peace agreements."""

    pa_x: Annotated[str, Meta(description="Topic of the PA-X Peace Agreements Database.", examples=["Ceasefire"])] = ""
    kroc: Annotated[str, Meta(description="Provision of the Kroc Peace Accords Matrix.", examples=["Cease Fire"])] = ""


class LimitTable(Table):
    """`[[clause.limit]]`: a number on which the clause turns."""

    of: Annotated[
        str,
        Meta(
            description="What is measured, its unit as the last word: km, m, mm, minutes, hours, days, weeks, months, "
            "years, persons, items or times.",
            examples=["distance_km"],
        ),
    ]
    value: Annotated[float, Meta(description="The number.", examples=[10])]
    bound: Annotated[
        Literal["at_least", "at_most"],
        Meta(
            description="Whether the measured thing has to reach the number or may not pass it.", examples=["at_most"]
        ),
    ] = "at_least"


class AmountTable(Table):
    """`[[clause.amount]]`: how many are owed, by whom, by when."""

    of: Annotated[
        str,
        Meta(
            description="What is counted, a key of a claim's counts: killed, injured, detained, released, displaced, "
            "abducted, other.",
            examples=["released"],
        ),
    ]
    value: Annotated[int, Meta(description="How many.", examples=[90], ge=0)]
    party: Annotated[str, Meta(description="Who owes them; left out: any obligor.", examples=["GOV"])] = ""
    due: Annotated[
        str,
        Meta(description="The deadline by which they are due, written like `deadline`.", examples=["2031-04-15"]),
    ] = ""


class PartTable(Table):
    """`[[clause.part]]`: one of several things that a clause says, with its own acts, object or area."""

    title: Annotated[str, Meta(description="What this part is about.", examples=["flights near the line"])]
    modality: Annotated[
        Modality | None,
        Meta(description="Left out: as in the clause.", examples=["must_not"]),
    ] = None
    acts: Annotated[
        tuple[Act, ...], Meta(description="Acts of this part; the clause has them too.", examples=[["raid"]])
    ] = ()
    object: Annotated[str, Meta(description="Left out: as in the clause.", examples=["combat aircraft"])] = ""
    area: Annotated[str, Meta(description="Left out: as in the clause.", examples=["near-line-10"])] = ""
    since: Annotated[str, Meta(description="As in the clause.", examples=["2031-04-01 00:00"])] = ""
    until: Annotated[str, Meta(description="As in the clause.", examples=["2031-07-27 06:00"])] = ""
    deadline: Annotated[
        str | Words, Meta(description="As in the clause, for this part alone.", examples=["2031-06-20 24:00"])
    ] = ()
    requires: Annotated[Words, Meta(description="As in the clause.", examples=[["a judicial warrant"]])] = ()
    requires_area: Annotated[str, Meta(description="As in the clause.", examples=["beyond-line-20"])] = ""
    daily: Annotated[str, Meta(description="As in the clause.", examples=["22:00-05:00"])] = ""
    words: Annotated[Words, Meta(description="As in the clause.", examples=[["armed drone"]])] = ()
    targets: Annotated[Words, Meta(description="As in the clause.", examples=[["monitors"]])] = ()
    limit: Annotated[tuple[LimitTable, ...], Meta(description="Tables `[[clause.part.limit]]`.")] = ()


class Wording(Table):
    """What both a clause and its later versions may say."""

    title: Annotated[str | None, Meta(description="A few words.", examples=["Air strikes, flights"])] = None
    role: Annotated[
        ClauseRole | None,
        Meta(
            description="`obligation` where left out. An `exception` says in `excepts` what it qualifies; the others "
            "(`definition`, `scope`, `institution`, `amendment`, `final`) bind nobody by themselves.",
            examples=["exception"],
        ),
    ] = None
    obligor: Annotated[
        Words | None,
        Meta(description="Who owes it: party ids, or `parties` for all of them.", examples=[["parties"]]),
    ] = None
    acts: Annotated[
        tuple[Act, ...] | None,
        Meta(description="What acts it is about, from the list of acts.", examples=[["air_strike"]]),
    ] = None
    modality: Annotated[
        Modality | None,
        Meta(
            description="What it does to the obligor. `declares` for a clause that only says what something means.",
            examples=["must_not"],
        ),
    ] = None
    object: Annotated[
        str | None, Meta(description="On what or whom the act falls.", examples=["civilians, civilian objects"])
    ] = None
    area: Annotated[
        str | None,
        Meta(description="Id of an area; left out: the `default_area` of the file.", examples=["application"]),
    ] = None
    since: Annotated[
        str | None,
        Meta(
            description="From when it has effect: a day or `YYYY-MM-DD HH:MM`, local; left out: from the entry into "
            "force of its instrument.",
            examples=["2031-04-01 00:00"],
        ),
    ] = None
    until: Annotated[
        str | None,
        Meta(description="Until when it has effect; a day counts to its end.", examples=["2031-07-27 06:00"]),
    ] = None
    deadline: Annotated[
        str | Words | None,
        Meta(
            description="By when it is due, one or several: a day, a day and hour (24:00 is allowed), or words that "
            "are counted by the file: `135 days after signature`, `9 months and 15 days after HBA/8/1`, "
            "`3 months after 2020-03-10`, `60 days after entry into force`.",
            examples=["60 days after signature"],
        ),
    ] = None
    deadline_note: Annotated[
        str | None,
        Meta(description="Where the deadline is only rough, how.", examples=["about; nine and a half months"]),
    ] = None
    condition: Annotated[
        str | None, Meta(description="On what it depends.", examples=["if they register by 31 July 2031"])
    ] = None
    requires: Annotated[
        Words | None,
        Meta(
            description="Tests of an exception or a duty, all of which must hold.",
            examples=[["the response is immediate", "it is directed at the source of fire only"]],
        ),
    ] = None
    requires_area: Annotated[
        str | None,
        Meta(
            description="Id of an area in which the act must lie for the exception to cover it, as against `area`, "
            "where the clause applies.",
            examples=["beyond-line-20"],
        ),
    ] = None
    exceptions: Annotated[
        Words | None, Meta(description="Ids of clauses that except from this one.", examples=[["HBA/5/1"]])
    ] = None
    excepts: Annotated[
        Words | None,
        Meta(
            description="Ids of clauses that this one excepts from. `HBA/4` is every clause under it.",
            examples=[["HBA/3/1", "HBA/4/c"]],
        ),
    ] = None
    daily: Annotated[
        str | None,
        Meta(description="The hours of each day in which it holds; may run over midnight.", examples=["07:00-18:00"]),
    ] = None
    provision: Annotated[ProvisionTable | None, Meta(description="A table `[clause.provision]`.")] = None
    paraphrase: Annotated[
        str | None,
        Meta(
            description="What it says, in words of your own.",
            examples=["Neither side may lay mines or improvised explosive devices."],
        ),
    ] = None
    text: Annotated[
        str | None,
        Meta(
            description="Its exact words, only where `text_licence` allows them to be kept.",
            examples=["(e) the laying of mines or improvised explosive devices;"],
        ),
    ] = None
    words: Annotated[
        Words | None,
        Meta(
            description="Terms by which a claim may touch it beyond its acts: weapons, roads, events. An end of `*` "
            "takes any ending.",
            examples=[["Marsh Road", "convoy*"]],
        ),
    ] = None
    targets: Annotated[
        Words | None,
        Meta(
            description="Terms for who or what must suffer the act: a claim about other targets does not touch it.",
            examples=[["civilians", "civilian objects"]],
        ),
    ] = None
    only_with: Annotated[
        bool | None,
        Meta(
            description="True where the act alone does not suffice: one of `words` must stand in the claim.",
            examples=[True],
        ),
    ] = None
    reading: Annotated[
        str | None,
        Meta(description="What the words leave open, in a sentence.", examples=["open: whether drones are aircraft"]),
    ] = None
    open_acts: Annotated[
        tuple[Act, ...] | None,
        Meta(
            description="Acts of which it is open whether the clause reaches them: the answer is `unknown`.",
            examples=[["raid"]],
        ),
    ] = None
    note: Annotated[str | None, Meta(description="Anything that a reader must know.", examples=["Amended twice."])] = (
        None
    )
    limit: Annotated[tuple[LimitTable, ...] | None, Meta(description="Tables `[[clause.limit]]`.")] = None
    amount: Annotated[tuple[AmountTable, ...] | None, Meta(description="Tables `[[clause.amount]]`.")] = None
    part: Annotated[tuple[PartTable, ...] | None, Meta(description="Tables `[[clause.part]]`.")] = None


class VersionTable(Wording, kw_only=True):
    """`[[clause.version]]`: a later wording of the clause above it; only what changed, the older one stays."""

    from_: Annotated[str, Meta(description="The day from which this wording holds.", examples=["2031-06-02"])] = (
        msgspec.field(name="from")
    )
    amended_by: Annotated[
        str | Words,
        Meta(description="The clause that changed it, or several.", examples=["OP/2/2"]),
    ]


class ClauseTable(Wording, kw_only=True):
    """`[[clause]]`: one clause in its first wording. `paraphrase` is needed, and `modality` where somebody owes."""

    id: Annotated[
        str,
        Meta(
            description="`PREFIX/article/paragraph/point`, as deep as the text goes, without spaces.",
            examples=["HBA/4/d"],
        ),
    ]
    amends: Annotated[
        Words,
        Meta(
            description="Ids of clauses that this one changes; each has a `[[clause.version]]` with `amended_by`.",
            examples=[["HBA/4/d"]],
        ),
    ] = ()
    version: Annotated[tuple[VersionTable, ...], Meta(description="Later wordings, tables `[[clause.version]]`.")] = ()
