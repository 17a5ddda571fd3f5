"""The agreement file as people write it: every table and field with its meaning and an example.

`docs/reference/agreement-files.md` is printed from these Structs: the page cannot say what the program does not.
"""

from typing import Annotated, Literal

from msgspec import Meta

from pactwatch.agreements.wording import ClauseTable, Table, Words


class InstrumentTable(Table):
    """`[[instrument]]`: one signed text. The first is the agreement, later ones may amend it."""

    prefix: Annotated[str, Meta(description="Begins the ids of its clauses: letters and digits.", examples=["HBA"])]
    title: Annotated[str, Meta(description="Its full title.", examples=["Protocol amending the Agreement"])]
    signed: Annotated[str, Meta(description="The day of signature.", examples=["2031-03-14"])]
    signed_at: Annotated[
        str,
        Meta(
            description="The local hour of signature, where known. Hours that run from signature need it.",
            examples=["12:00"],
        ),
    ] = ""
    place: Annotated[str, Meta(description="Where it was signed.", examples=["Harrow Bridge"])] = ""
    in_force: Annotated[
        str,
        Meta(description="The day on which it enters into force; left out: unknown.", examples=["2031-03-14"]),
    ] = ""
    signatories: Annotated[
        Words,
        Meta(
            description="Who signed: party ids, with the person's name behind a colon where it matters.",
            examples=[["GOV: Anton Merev, Minister of State"]],
        ),
    ] = ()
    languages: Annotated[
        Words, Meta(description="Languages in which it was signed, the one that prevails first.", examples=[["en"]])
    ] = ()
    amends: Annotated[Words, Meta(description="Prefixes of the instruments that it amends.", examples=[["HBA"]])] = ()
    pa_x_id: Annotated[
        int | None, Meta(description="Its number in the PA-X Peace Agreements Database.", examples=[1])
    ] = None
    pa_x_stage: Annotated[str, Meta(description="Its stage in PA-X.", examples=["Ceasefire/related"])] = ""
    source: Annotated[str, Meta(description="Where its text was published.", examples=["Gazette no. 7"])] = ""
    note: Annotated[str, Meta(description="Anything that a reader must know.", examples=["Witnessed."])] = ""


class BoundTable(Table):
    """`[[bound]]`: who is bound, who is not, and of whom that is open. A party may have several, one after another."""

    party: Annotated[str, Meta(description="Its id in the register.", examples=["GOV"])]
    status: Annotated[
        Literal["bound", "not_bound", "unknown"],
        Meta(
            description="`not_bound` where agreement or facts say so (it did not sign), `unknown` where they leave it "
            "open (a splinter, a militia under a test of control).",
            examples=["bound"],
        ),
    ]
    since: Annotated[str, Meta(description="From this day on; left out: always.", examples=["2031-06-10"])] = ""
    until: Annotated[str, Meta(description="To this day, included.", examples=["2031-06-09"])] = ""
    basis: Annotated[str, Meta(description="What says so: a clause id, `signature`, or words.", examples=["OP/4"])] = ""
    note: Annotated[str, Meta(description="Why, in a sentence.", examples=["Forces of a Party."])] = ""


class LineTable(Table):
    """`[[line]]`: a line on the ground that areas are measured from."""

    id: Annotated[str, Meta(description="Named by areas.", examples=["contact-line"])]
    title: Annotated[str, Meta(description="What line it is.", examples=["the contact line of Annex A"])]
    points: Annotated[
        tuple[tuple[float, ...], ...],
        Meta(
            description="Its points in order, each `[latitude, longitude]`, with its own error in km as a third "
            "number where it is known.",
            examples=[[[43.05, -37.65], [42.9, -37.5]]],
        ),
    ]
    error_km: Annotated[
        float,
        Meta(
            description="How far the true line may lie from this one, in km. Within this much of a limit the answer is "
            "`unknown`.",
            examples=[5.5],
            ge=0,
        ),
    ]
    basis: Annotated[
        str, Meta(description="What describes the line, and how the points were had.", examples=["HBA/A/1"])
    ] = ""


class AreaTable(Table):
    """`[[area]]`: a union of units, circles and a strip. An id may come again for a later period."""

    id: Annotated[str, Meta(description="Named by clauses.", examples=["application"])]
    title: Annotated[str, Meta(description="What area it is.", examples=["the area of application"])]
    everywhere: Annotated[bool, Meta(description="True where the clause is tied to no place.", examples=[True])] = False
    units: Annotated[
        Words,
        Meta(
            description="Provinces, districts, villages: names of the places file or the gazetteer, or ISO 3166 codes.",
            examples=[["Tarvan"]],
        ),
    ] = ()
    excluded: Annotated[Words, Meta(description="Units taken out of it.", examples=[["Karamin district"]])] = ()
    points: Annotated[
        tuple[tuple[float, ...], ...],
        Meta(description="Circles: `[latitude, longitude, radius in km]`.", examples=[[[43.06, -37.63, 2.0]]]),
    ] = ()
    line: Annotated[
        str, Meta(description="Id of a `[[line]]`; needs `within_km` or `beyond_km`.", examples=["contact-line"])
    ] = ""
    within_km: Annotated[float | None, Meta(description="Nearer to the line than this.", examples=[10.0])] = None
    beyond_km: Annotated[float | None, Meta(description="Farther from the line than this.", examples=[20.0])] = None
    inside: Annotated[
        str, Meta(description="Id of an area in which this one lies: both must hold.", examples=["application"])
    ] = ""
    outside: Annotated[
        str, Meta(description="Id of an area that is taken out of this one.", examples=["disengagement"])
    ] = ""
    words: Annotated[
        Words, Meta(description="Terms by which a claim names the area itself.", examples=[["the contact line"]])
    ] = ()
    since: Annotated[str, Meta(description="From this day on; left out: always.", examples=["2031-06-15"])] = ""
    until: Annotated[str, Meta(description="To this day, included.", examples=["2031-06-14"])] = ""
    reading: Annotated[
        str,
        Meta(
            description="Where it is open whether a place lies in it, why: the answer is then `unknown`.",
            examples=["open: the place of use counts, not that of receipt"],
        ),
    ] = ""
    basis: Annotated[str, Meta(description="The clause that says so.", examples=["HBA/2/1"])] = ""
    note: Annotated[str, Meta(description="Anything that a reader must know.", examples=["Air included."])] = ""


class AgreementFile(Table, kw_only=True):
    """The top of the file."""

    id: Annotated[str, Meta(description="Its name: lower case, digits and hyphens.", examples=["harrow-bridge-2031"])]
    title: Annotated[str, Meta(description="Its full title.", examples=["Agreement on the Cessation of Hostilities"])]
    zone: Annotated[
        str,
        Meta(
            description="Zone of its times: an IANA name or a fixed offset.",
            examples=["Asia/Kabul", "UTC+02:00"],
        ),
    ]
    parties: Annotated[
        Words, Meta(description="Ids of those who are parties.", examples=[["GOV", "SPF"]], min_length=1)
    ]
    instrument: Annotated[tuple[InstrumentTable, ...], Meta(description="Tables `[[instrument]]`.", min_length=1)]
    clause: Annotated[tuple[ClauseTable, ...], Meta(description="Tables `[[clause]]`.", min_length=1)]
    also_called: Annotated[
        Words, Meta(description="Names by which texts call it.", examples=[["the Harrow Bridge Agreement"]])
    ] = ()
    zone_note: Annotated[
        str, Meta(description="Where the zone is assumed, that it is.", examples=["assumed: the text names none"])
    ] = ""
    day_count: Annotated[
        Literal["from_day_after", "from_signature"],
        Meta(
            description="Which day is the first of `60 days after signature`: the day after, or the day of signature "
            "itself.",
            examples=["from_day_after"],
        ),
    ] = "from_day_after"
    day_ends: Annotated[
        str, Meta(description="The local hour at which a day named as a deadline ends.", examples=["24:00"])
    ] = "24:00"
    hour_count: Annotated[
        Literal["elapsed", "to_midnight"],
        Meta(
            description="Whether 48 hours are 48 hours, or run on to the end of the day in which they end.",
            examples=["elapsed"],
        ),
    ] = "elapsed"
    invented: Annotated[
        bool, Meta(description="True where nobody and no place in it exists: no real map is drawn.", examples=[True])
    ] = False
    countries: Annotated[
        Words, Meta(description="Countries: ISO 3166-1 alpha-2, or names where invented.", examples=[["AF"]])
    ] = ()
    register: Annotated[
        str, Meta(description="Name or path of the register that party ids come from.", examples=["varana"])
    ] = ""
    places: Annotated[
        str, Meta(description="Name or path of the places file that units come from.", examples=["varana"])
    ] = ""
    default_area: Annotated[
        str,
        Meta(description="The area of clauses that name none; left out: tied to no place.", examples=["application"]),
    ] = ""
    unpublished: Annotated[
        Words,
        Meta(
            description="Parts that were not published: what is not in the file may stand there.",
            examples=[["Annex B on implementation"]],
        ),
    ] = ()
    source: Annotated[str, Meta(description="Where the text can be had.", examples=["Gazette no. 7 of 2031"])] = ""
    licence: Annotated[
        str, Meta(description="Licence of the file's own words, the paraphrases.", examples=["CC0-1.0"])
    ] = ""
    text_licence: Annotated[
        str,
        Meta(
            description="Licence under which the agreement's own text may be kept; needed for `text`.",
            examples=["CC0-1.0"],
        ),
    ] = ""
    note: Annotated[str, Meta(description="Anything that a reader must know.", examples=["Dates not yet checked."])] = (
        ""
    )
    bound: Annotated[tuple[BoundTable, ...], Meta(description="Tables `[[bound]]`.")] = ()
    line: Annotated[tuple[LineTable, ...], Meta(description="Tables `[[line]]`.")] = ()
    area: Annotated[tuple[AreaTable, ...], Meta(description="Tables `[[area]]`.")] = ()
