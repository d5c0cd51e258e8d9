# Tests of independence for tables of r groups by respondents and non-respondents, in base R.
# Run from the folder of this file: Rscript response_tests.R
# Reads response_tables.csv, writes response_tests.csv. Made with R 4.2.2.
tables <- read.csv("response_tables.csv")
rows <- list()
keep <- function(table, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(table, quantity, value = sprintf("%.17g", value))

noncentrality <- function(statistic, df, probability) {
  excess <- function(ncp) pchisq(statistic, df, ncp) - probability
  if (excess(0) <= 0) return(0)
  uniroot(excess, c(0, statistic * 10 + 100), tol = 1e-13, maxiter = 10000)$root
}

for (name in unique(tables$table)) {
  one <- tables[tables$table == name, ]
  counts <- cbind(one$respondents, one$population - one$respondents)
  pearson <- suppressWarnings(chisq.test(counts, correct = FALSE))
  keep(name, "pearson_statistic", pearson$statistic)
  keep(name, "pearson_df", pearson$parameter)
  keep(name, "pearson_p_value", pearson$p.value)
  keep(name, "cramers_v", sqrt(pearson$statistic / sum(counts)))
  keep(name, "v_adjusted", {  # Bergsma 2013, with every step of his formula
    n <- sum(counts)
    corrected <- dim(counts) - (dim(counts) - 1)^2 / (n - 1)
    sqrt(max(0, pearson$statistic / n - prod(dim(counts) - 1) / (n - 1)) / (min(corrected) - 1))
  })
  keep(name, "v_low", sqrt(noncentrality(pearson$statistic, pearson$parameter, 0.975) / sum(counts)))
  keep(name, "v_high", sqrt(noncentrality(pearson$statistic, pearson$parameter, 0.025) / sum(counts)))
  # The likelihood ratio is the fall in deviance of a logistic regression; it exists for empty groups too.
  p <- one$respondents / one$population
  rate <- sum(one$respondents) / sum(one$population)
  part <- function(count, fitted) ifelse(count == 0, 0, count * log(count / fitted))
  ratio <- 2 * sum(part(one$respondents, one$population * rate) +
                   part(one$population - one$respondents, one$population * (1 - rate)))
  if (all(p > 0 & p < 1)) {
    fit <- glm(counts ~ one$group, family = binomial, control = list(epsilon = 1e-14))
    stopifnot(abs(fit$null.deviance - fit$deviance - ratio) < 1e-9)
  }
  keep(name, "likelihood_ratio_statistic", ratio)
  keep(name, "likelihood_ratio_p_value", pchisq(ratio, nrow(one) - 1, lower.tail = FALSE))
  if (name == "provinces") {
    set.seed(2025)  # too many tables to enumerate: R's own Monte Carlo
    keep(name, "monte_carlo_p_value", fisher.test(counts, simulate.p.value = TRUE, B = 1e6)$p.value)
  } else {
    keep(name, "exact_p_value", fisher.test(counts, workspace = 2e7)$p.value)
  }
  keep(name, "largest_adjusted_residual", max(abs(pearson$stdres)))
}
write.csv(do.call(rbind, rows), "response_tests.csv", row.names = FALSE, quote = FALSE)
