"""The whole page as one value: every section's content, still without words and markup."""

from dataclasses import dataclass

from scvalid.contracts.verdicts import DesignFacts, Verdict
from scvalid.reporting.compute.alerts import Alert, find_alerts
from scvalid.reporting.compute.cards import Card, Row, cards_of, forest, rows_of
from scvalid.reporting.compute.contrasts import ContrastTable, contrasts_of
from scvalid.reporting.compute.controls import RecoveryFigure, recovery_figure
from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.methods import Statement, methods_of, references_of
from scvalid.reporting.compute.panel import Panel, panel_of
from scvalid.reporting.compute.published import count_verdicts
from scvalid.reporting.compute.scale import Scale
from scvalid.reporting.compute.states import Map, StateRow, draw_order, samples_of, state_rows
from scvalid.reporting.compute.trends import TrendRow, claimed_readouts, trends_of, untested_series
from scvalid.reporting.settings import ReportingSettings


@dataclass(frozen=True)
class Page:
    """Content of the report, section by section."""

    inputs: Inputs
    counts: dict[Verdict, int]
    alerts: tuple[Alert, ...]
    scale: Scale
    rows: tuple[Row, ...]
    cards: tuple[Card, ...]
    designs: tuple[DesignFacts, ...]
    metrics: tuple[str, ...]
    """Metrics that quality control set limits on, in the order of first appearance."""
    samples: tuple[str, ...]
    states: tuple[StateRow, ...]
    map: Map
    panel: Panel
    recovery: RecoveryFigure | None
    trends: tuple[TrendRow, ...]
    contrasts: tuple[ContrastTable, ...]
    untested_series: tuple[str, ...]
    methods: tuple[Statement, ...]
    references: tuple[str, ...]

    @property
    def n_cells_in(self) -> int:
        """Cells that were submitted."""
        return sum(sample.n_cells_in for sample in self.inputs.quality)

    @property
    def n_cells_kept(self) -> int:
        """Cells that quality control kept."""
        return sum(sample.n_cells_kept for sample in self.inputs.quality)


def page_of(inputs: Inputs, settings: ReportingSettings) -> Page:
    """Work out the content of the report."""
    claims = inputs.all_msc.claims
    scale = forest(claims)
    rows = rows_of(inputs, claims, scale)
    states = state_rows(inputs, markers_per_state=settings.markers_per_state)
    statements = methods_of(inputs)
    limits = (limit.metric for sample in inputs.quality for limit in sample.limits)
    return Page(
        inputs=inputs,
        counts=count_verdicts(claims),
        alerts=find_alerts(inputs),
        scale=scale,
        rows=rows,
        cards=cards_of(inputs, rows),
        designs=(*inputs.all_msc.design.states, *inputs.by_state.design.states),
        metrics=tuple(dict.fromkeys(limits)),
        samples=samples_of(inputs),
        states=states,
        map=draw_order(inputs, states, max_points=settings.max_points),
        panel=panel_of(inputs.set_effects, delta=min(claim.delta for claim in claims)),
        recovery=recovery_figure(inputs.all_msc.controls),
        trends=trends_of(inputs.trends, claimed=claimed_readouts(inputs)),
        contrasts=contrasts_of(inputs),
        untested_series=untested_series(inputs),
        methods=statements,
        references=references_of(statements),
    )
