# The same R-indicators from the R functions that come with RISQ manual 2.1 (De Heij, Schouten and Shlomo 2015), which
# are not part of this repository. The numbers kept here came from those functions without their branches for weighted
# and stratified samples, which a frame that was approached in full does not reach.
# Run from the folder of this file: Rscript r_indicator_risq21.R PATH_TO_RISQ_R_FILE
# Reads response_cells.csv, writes r_indicator_risq21.csv. Made with R 4.2.2.
source(commandArgs(trailingOnly = TRUE)[1])
cells <- read.csv("response_cells.csv", stringsAsFactors = TRUE)
frame <- cells[rep(seq_len(nrow(cells)), cells$population), c("size_class", "province")]
frame$responded <- as.numeric(unlist(mapply(
  function(n, r) rep(c(1, 0), c(r, n - r)), cells$population, cells$respondents)))
found <- getRIndicator(responded ~ size_class + province, frame, family = "binomial", withPartialCV = FALSE)

rows <- list()
keep <- function(variables, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(variables, quantity, value = sprintf("%.17g", value))
keep("size_class+province", "r_unadjusted", found$RUnadj)
keep("size_class+province", "r", found$R)
keep("size_class+province", "se", found$RSE)
keep("size_class+province", "cv", found$CV)
for (index in seq_len(nrow(found$partialR$byVariables))) {
  one <- found$partialR$byVariables[index, ]
  keep(one$variable, "unconditional_unadjusted", one$PuUnadj)
  keep(one$variable, "unconditional", one$Pu)
  keep(one$variable, "conditional_unadjusted", one$PcUnadj)
  keep(one$variable, "conditional", one$Pc)
  keep(one$variable, "partial_se", one$PuSE)
  categories <- found$partialR$byCategories[[as.character(one$variable)]]
  for (row in seq_len(nrow(categories)))
    keep(one$variable, paste0("category:", categories$category[row]), categories$PuUnadj[row])
}
write.csv(do.call(rbind, rows), "r_indicator_risq21.csv", row.names = FALSE, quote = FALSE)
