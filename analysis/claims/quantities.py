"""What tests a claim: each quantity under the name by which the ledger calls it."""

from __future__ import annotations

from collections.abc import Callable

from analysis.claims import account_quantities, case_quantities
from analysis.claims.outcomes import Arguments, Quantity
from analysis.data.dataset import Dataset

Maker = Callable[[Dataset, Arguments], Quantity]

_MAKERS: tuple[Maker, ...] = (
    case_quantities.cases,
    case_quantities.countries,
    case_quantities.country_group_share,
    case_quantities.field_lead,
    case_quantities.field_share,
    case_quantities.month_lead,
    case_quantities.pace,
    case_quantities.pace_per_recruit,
    case_quantities.span_share,
    account_quantities.any_narrative,
    account_quantities.code_share,
    account_quantities.contrast,
    account_quantities.form_origin,
    account_quantities.form_share,
    account_quantities.forms_present,
    account_quantities.motive_among,
    account_quantities.narrative_lead,
    account_quantities.shared_narrative,
)
QUANTITIES: dict[str, Maker] = {maker.__name__: maker for maker in _MAKERS}
