"""A synthetic export: invented respondents that satisfy every published statement that can be satisfied."""
