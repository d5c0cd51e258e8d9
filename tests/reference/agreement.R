# Krippendorff's alpha per code from the coincidence matrix (Krippendorff 2011, section C), in base R, for
# tests/unit/statistics/test_agreement.py. Three coders, sixty answers, ratings missing. Run: Rscript agreement.R
alpha <- function(ratings) {
  values <- sort(unique(as.vector(ratings)))
  observed <- matrix(0, length(values), length(values))
  for (unit in seq_len(ncol(ratings))) {
    given <- ratings[!is.na(ratings[, unit]), unit]
    m <- length(given)
    if (m < 2) next
    for (i in 1:m) for (j in 1:m) if (i != j) {
      row <- match(given[i], values)
      column <- match(given[j], values)
      observed[row, column] <- observed[row, column] + 1 / (m - 1)
    }
  }
  n <- rowSums(observed)
  expected <- (outer(n, n) - diag(n)) / (sum(n) - 1)
  differ <- row(observed) != col(observed)
  1 - sum(observed[differ]) / sum(expected[differ])
}

set.seed(2011)
codes <- c("money", "courts", "visions", "rare")
chance <- c(0.5, 0.3, 0.2, 0.04)
truth <- sapply(chance, function(p) runif(60) < p)
coders <- lapply(1:3, function(coder) {
  given <- ifelse(truth, runif(240) > 0.15, runif(240) < 0.05)
  given[runif(60) < 0.2, ] <- NA
  given
})
ratings <- sapply(coders, function(given) apply(given, 1, function(row) {
  if (is.na(row[1])) NA else paste(codes[row == 1], collapse = ";")
}))
colnames(ratings) <- c("anna", "bo", "cas")
write.csv(data.frame(unit = 1:60, ratings), "agreement_ratings.csv", row.names = FALSE, quote = FALSE, na = "NA")
found <- sapply(1:4, function(code) alpha(t(sapply(coders, function(given) as.integer(given[, code])))))
expected <- data.frame(code = codes, alpha = sprintf("%.15g", found))
write.csv(expected, "agreement_expected.csv", row.names = FALSE, quote = FALSE)
