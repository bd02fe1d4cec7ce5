"""Peer: the same rules written for OpenFisca-Core, vectorised.

    python openfisca_rules.py in.csv out.csv

Entities, parameters with dated values, one variable for each question, formulas over whole arrays. OpenFisca
stores whole numbers in 32 bits and fractions in 32-bit floats; the latter lose đồng above 16 million, so amounts are
`int` here and products are taken in 64 bits inside the formulas. Reading and writing the file is not
OpenFisca's business; Polars does it, as the fastest at hand.
"""

import sys
from datetime import date

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY, YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity("person", "people", "An insured person", is_person=True)
Household = build_entity("household", "households", "A household", roles=[{"key": "member"}])

PARAMETERS = {
    "base_salary": {
        "values": {
            "2023-07-01": {"value": 1_800_000},
            "2024-07-01": {"value": 2_340_000},
            "2026-07-01": {"value": 2_530_000},
        }
    },
    "state_percent": {
        "pupil": {"values": {"2015-01-01": {"value": 30}, "2025-07-01": {"value": 50}}},
        "near_poor": {"values": {"2015-01-01": {"value": 70}}},
        "farm_household": {"values": {"2015-01-01": {"value": 30}}},
    },
}
# A premium belongs to its own dates, which are inputs; the period OpenFisca asks for has no other meaning here.
RUN = "2026"
LADDER_TENTHS = np.array([0, 10, 7, 6, 5, 4])


class Group(Enum):
    GD = "household"
    HS = "pupil"
    SV = "student"
    CN = "near-poor"
    GB = "average-income farm household"
    HN = "poor"
    TE = "child under six"
    DN = "worker"
    CH = "civil servant"
    HT = "pensioner"


def is_in(groups, *members):
    return np.isin(groups.view(np.ndarray), [member.index for member in members])


def law(person):
    """All parameters with their history, as every person has dates of their own."""
    return person.simulation.tax_benefit_system.parameters


def history(parameter):
    """The dated values of a parameter, oldest first."""
    steps = reversed(parameter.values_list)
    return [(np.datetime64(step.instant_str, "D"), int(step.value)) for step in steps]


def value_on(parameter, days):
    """The parameter as it stood on each person's own day."""
    since, values = zip(*history(parameter))
    return np.array(values)[np.searchsorted(np.array(since), days, side="right") - 1]


def sum_over_months(parameter, first_day, months, amount_for):
    """Adds up the months of cover, each with the value in force on its first day (changes fall on firsts of months)."""
    steps = history(parameter)
    first_month = first_day.astype("datetime64[M]")
    total, counted = np.zeros(len(months), np.int64), 0
    for (_, value), (change, _) in zip(steps, steps[1:]):
        until = np.clip((change.astype("datetime64[M]") - first_month).astype(np.int64), 0, months)
        total += amount_for(value) * (until - counted)
        counted = until
    return total + amount_for(steps[-1][1]) * (months - counted)


class group(Variable):
    value_type = Enum
    possible_values = Group
    default_value = Group.GD
    entity = Person
    definition_period = ETERNITY
    label = "Group of insured people"


class salary(Variable):
    value_type = int
    entity = Person
    definition_period = ETERNITY
    label = "Monthly salary or pension"


class first_day(Variable):
    value_type = date
    entity = Person
    definition_period = ETERNITY
    label = "First day of cover"


class paid_on(Variable):
    value_type = date
    entity = Person
    definition_period = ETERNITY
    label = "Day of payment"


class months(Variable):
    value_type = int
    entity = Person
    definition_period = ETERNITY
    label = "Months of cover"


class member_rank(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Place on the household ladder, 0 outside it"

    def formula(person, period):
        # `get_rank` answers the same in general; rows of one household stand together, so counting is enough.
        on_ladder = is_in(person("group", period), Group.GD)
        so_far = np.cumsum(on_ladder)
        household = person.household.members_entity_id
        begins = np.flatnonzero(np.diff(household, prepend=-1))
        before = (so_far - on_ladder)[begins]
        return np.where(on_ladder, so_far - before[household], 0)


class assessed(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "What all months together are assessed on"

    def formula(person, period):
        base_salary = law(person).base_salary
        groups = person("group", period)
        months = person("months", period).astype(np.int64)
        result = value_on(base_salary, person("paid_on", period)) * months

        ladder = is_in(groups, Group.GD)
        rank = np.minimum(person("member_rank", period)[ladder], 5)
        result[ladder] = result[ladder] * LADDER_TENTHS[rank] // 10

        monthly = is_in(groups, Group.HN, Group.TE)
        first_day = person("first_day", period)
        result[monthly] = sum_over_months(base_salary, first_day[monthly], months[monthly], lambda base: base)

        wage = is_in(groups, Group.DN, Group.CH)
        salary = person("salary", period)
        wages = salary[wage]
        result[wage] = sum_over_months(
            base_salary, first_day[wage], months[wage], lambda base: np.minimum(wages, 20 * base)
        )

        pension = is_in(groups, Group.HT)
        result[pension] = salary[pension] * months[pension]
        return result


class premium(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Premium: 4.5 %, rounded once to whole đồng"

    def formula(person, period):
        return (45 * person("assessed", period).astype(np.int64) + 500) // 1000


class person_share(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "What the person pays"

    def formula(person, period):
        groups = person("group", period)
        assessed = person("assessed", period).astype(np.int64)
        supported = law(person).state_percent
        own_percent = np.zeros(len(assessed), np.int64)
        own_percent[is_in(groups, Group.GD)] = 100
        pupil = is_in(groups, Group.HS, Group.SV)
        own_percent[pupil] = 100 - value_on(supported.pupil, person("paid_on", period)[pupil])
        for member, parameter in ((Group.CN, supported.near_poor), (Group.GB, supported.farm_household)):
            mask = is_in(groups, member)
            own_percent[mask] = 100 - value_on(parameter, person("paid_on", period)[mask])
        share = (45 * assessed * own_percent + 50_000) // 100_000
        wage = is_in(groups, Group.DN, Group.CH)
        share[wage] = (15 * assessed[wage] + 500) // 1000
        return share


def rest_of_premium(person, period, *members):
    """What the person leaves of the premium, for the people of these groups."""
    rest = person("premium", period) - person("person_share", period)
    return np.where(is_in(person("group", period), *members), rest, 0)


class employer(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "What the employer pays"

    def formula(person, period):
        return rest_of_premium(person, period, Group.DN, Group.CH)


class social_insurance_fund(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "What the social insurance fund pays"

    def formula(person, period):
        return rest_of_premium(person, period, Group.HT)


class state(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "What the state budget pays"

    def formula(person, period):
        return rest_of_premium(person, period, Group.HS, Group.SV, Group.CN, Group.GB, Group.HN, Group.TE)


class HealthInsurance(TaxBenefitSystem):
    def __init__(self):
        super().__init__([Person, Household])
        self.parameters = ParameterNode("", data=PARAMETERS)
        self.add_variables(
            group, salary, first_day, paid_on, months, member_rank, assessed, premium, person_share,
            employer, social_insurance_fund, state,
        )


def main(source, target):
    table = pl.read_csv(
        source,
        schema={
            "household_id": pl.String,
            "person_id": pl.String,
            "born": pl.String,
            "group": pl.Enum([member.name for member in Group]),
            "salary": pl.Int32,
            "from": pl.Date,
            "paid_on": pl.Date,
            "months": pl.Int32,
        },
    )
    households = table["household_id"].rle_id().to_numpy()

    system = HealthInsurance()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(table)))
    household = builder.declare_entity("household", np.arange(households[-1] + 1))
    builder.join_with_persons(household, households, np.zeros(len(table), np.int64))
    simulation = builder.build(system)

    simulation.set_input("group", ETERNITY, EnumArray(table["group"].to_physical().to_numpy(), Group))
    simulation.set_input("salary", ETERNITY, table["salary"].fill_null(0).to_numpy())
    simulation.set_input("first_day", ETERNITY, table["from"].to_numpy())
    simulation.set_input("paid_on", ETERNITY, table["paid_on"].to_numpy())
    simulation.set_input("months", ETERNITY, table["months"].to_numpy())

    def ask(name):
        return pl.Series(simulation.calculate(name, RUN))

    table.with_columns(
        premium=ask("premium"),
        person=ask("person_share"),
        employer=ask("employer"),
        social_insurance_fund=ask("social_insurance_fund"),
        state=ask("state"),
        local=pl.lit(0),
        other=pl.lit(0),
        member_rank=ask("member_rank").replace(0, None),
    ).write_csv(target)


main(*sys.argv[1:3])
