"""The figures of the report: one function per kind, tidy table in, drawing out.

A table has one row per option with the columns ``label``, ``n`` (base), ``count`` and ``share`` (fraction), and
where the figure shows them ``ci_low``, ``ci_high`` (fractions), ``printed_pct`` (the whole percentage that the
report prints; without it the share is rounded) and ``mark`` (text behind the percentage, such as an asterisk).
Options are drawn in the order of the rows and an empty option is drawn too. No figure needs its colours to be told
apart: labels and numbers stand in place.
"""

from analysis.reporting.figures.bars import bars_with_interval, small_multiples, sorted_bars
from analysis.reporting.figures.change import forest, response_curve
from analysis.reporting.figures.combinations import combinations, describe_combinations
from analysis.reporting.figures.dots import dot_plot, dumbbell
from analysis.reporting.figures.flow import flow_diagram
from analysis.reporting.figures.pairs import describe_pair_square, pair_square
from analysis.reporting.figures.provinces import tile_map
from analysis.reporting.figures.routing import describe_routing, routing_diagram, routing_table
from analysis.reporting.figures.stacked import stacked_bar, stacked_grid
from analysis.reporting.figures.timeline import daily_bars

__all__ = [
    "bars_with_interval",
    "combinations",
    "daily_bars",
    "describe_combinations",
    "describe_pair_square",
    "describe_routing",
    "dot_plot",
    "dumbbell",
    "flow_diagram",
    "forest",
    "pair_square",
    "response_curve",
    "routing_diagram",
    "routing_table",
    "small_multiples",
    "sorted_bars",
    "stacked_bar",
    "stacked_grid",
    "tile_map",
]
