# Reference numbers for the comparison of two waves, from R's own tests and from formulas written out.
# Run from the root of the project:  Rscript tests/reference/comparison_reference.R
# R 4.2.2, MASS 7.3; neither Exact nor exact2x2 is in Debian, so Boschloo's test is written out from its definition.
suppressMessages(library(MASS))
options(digits = 17)

tables <- rbind(
  c(8, 111, 42, 153), c(8, 115, 42, 153), c(40, 112, 28, 153), c(41, 115, 28, 153), c(47, 113, 44, 153),
  c(14, 113, 26, 153), c(4, 111, 13, 153), c(93, 113, 114, 153), c(56, 113, 106, 140), c(28, 113, 34, 140),
  c(0, 20, 3, 25), c(10, 10, 5, 12), c(3, 9, 3, 9)
)
rows <- list()
put <- function(quantity, key, value) {
  rows[[length(rows) + 1]] <<- data.frame(quantity = quantity, key = key, value = value)
}

# Boschloo (1970): order all tables by the one-sided p-value of Fisher's test, and take the largest probability, over the
# common chance, of a table that is as extreme; twice the smaller of both sides.
boschloo_side <- function(x1, n1, x2, n2, less) {
  outcomes <- expand.grid(a = 0:n1, b = 0:n2)
  total <- outcomes$a + outcomes$b
  p <- if (less) phyper(outcomes$a, n1, n2, total) else phyper(outcomes$a - 1, n1, n2, total, lower.tail = FALSE)
  observed <- p[outcomes$a == x1 & outcomes$b == x2]
  extreme <- outcomes[p <= observed * (1 + 1e-10), ]
  chance <- function(pi) sum(dbinom(extreme$a, n1, pi) * dbinom(extreme$b, n2, pi))
  grid <- seq(0, 1, length.out = 2001)
  values <- vapply(grid, chance, 0)
  best <- which.max(values)
  around <- grid[c(max(1, best - 1), min(length(grid), best + 1))]
  max(values, optimize(chance, around, maximum = TRUE, tol = 1e-12)$objective)
}

# Newcombe (1998), method 10, from R's Wilson intervals.
newcombe <- function(x1, n1, x2, n2) {
  first <- prop.test(x1, n1, correct = FALSE)$conf.int
  second <- prop.test(x2, n2, correct = FALSE)$conf.int
  p1 <- x1 / n1
  p2 <- x2 / n2
  c(p2 - p1 - sqrt((p2 - second[1])^2 + (first[2] - p1)^2), p2 - p1 + sqrt((second[2] - p2)^2 + (p1 - first[1])^2))
}

# Smallest effect h with 80 percent power at the two-sided 5 percent level, the far tail included.
smallest_h <- function(n1, n2) {
  scale <- sqrt(n1 * n2 / (n1 + n2))
  power <- function(h) pnorm(h * scale - qnorm(0.975)) + pnorm(-h * scale - qnorm(0.975))
  uniroot(function(h) power(h) - 0.8, c(0, 3), tol = 1e-14)$root
}

for (i in seq_len(nrow(tables))) {
  x1 <- tables[i, 1]; n1 <- tables[i, 2]; x2 <- tables[i, 3]; n2 <- tables[i, 4]
  key <- paste(x1, n1, x2, n2, sep = " ")
  both <- matrix(c(x1, n1 - x1, x2, n2 - x2), 2)
  put("fisher", key, fisher.test(both)$p.value)
  put("boschloo", key, min(1, 2 * min(boschloo_side(x1, n1, x2, n2, TRUE), boschloo_side(x1, n1, x2, n2, FALSE))))
  put("z_pooled", key, suppressWarnings(prop.test(c(x1, x2), c(n1, n2), correct = FALSE))$p.value)
  pooled <- (x1 + x2) / (n1 + n2)
  variance <- pooled * (1 - pooled) * ((352 - n1) / (n1 * 351) + (342 - n2) / (n2 * 341))
  put("z_finite_352_342", key, 2 * pnorm(-abs(x2 / n2 - x1 / n1) / sqrt(variance)))
  interval <- suppressWarnings(newcombe(x1, n1, x2, n2))
  put("newcombe_low", key, interval[1])
  put("newcombe_high", key, interval[2])
  put("cohens_h", key, 2 * asin(sqrt(x2 / n2)) - 2 * asin(sqrt(x1 / n1)))
  put("smallest_h", key, smallest_h(n1, n2))
}

# Whole distributions: earlier wave first; groups from furthest to least far.
distributions <- list(
  c(8, 40, 43, 13, 7, 42, 28, 44, 26, 13), c(8, 41, 47, 14, 5, 42, 28, 44, 26, 13), c(2, 3, 5, 9, 12, 8, 7, 4, 3, 0)
)
for (counts in distributions) {
  key <- paste(counts, collapse = " ")
  groups <- rep(rep(5:1, 2), counts)
  wave <- rep(c(0, 1), c(sum(counts[1:5]), sum(counts[6:10])))
  rank_test <- wilcox.test(groups[wave == 1], groups[wave == 0], exact = FALSE, correct = FALSE)
  put("mann_whitney", key, rank_test$p.value)
  put("further", key, unname(rank_test$statistic) / sum(wave == 1) / sum(wave == 0))
  put("chi_square", key, suppressWarnings(chisq.test(matrix(counts, 2, byrow = TRUE), correct = FALSE))$p.value)
  fit <- polr(factor(groups, ordered = TRUE) ~ wave, Hess = TRUE, control = list(reltol = 1e-15, maxit = 1000))
  put("log_odds", key, unname(coef(fit)))
  put("log_odds_se", key, unname(sqrt(diag(vcov(fit)))[1]))
}

# Pairs: yes-yes, yes-no, no-yes, no-no.
for (pairs in list(c(5, 2, 9, 20), c(30, 12, 25, 40), c(0, 1, 8, 3))) {
  key <- paste(pairs, collapse = " ")
  put("mcnemar_exact", key, binom.test(pairs[2], pairs[2] + pairs[3])$p.value)
  put("mcnemar_chi_square", key, mcnemar.test(matrix(pairs, 2, byrow = TRUE), correct = FALSE)$p.value)
  first <- rep(c(1, 1, 0, 0), pairs)
  second <- rep(c(1, 0, 1, 0), pairs)
  put("phi", key, cor(first, second))
}

p_values <- c(0.0001, 0.0011, 0.027, 0.041, 0.126, 0.232, 0.528, 0.9)
put("holm", seq_along(p_values), p.adjust(p_values, "holm"))
put("fdr_bh", seq_along(p_values), p.adjust(p_values, "BH"))

write.csv(do.call(rbind, rows), "tests/reference/comparison_reference.csv", row.names = FALSE, quote = FALSE)
