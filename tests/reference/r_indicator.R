# R-indicator of a frame that was approached in full, in base R, municipality by municipality: logistic propensities
# from glm, bias adjustment and standard error by the matrix formulas of RISQ manual 2.1.
# Run from the folder of this file: Rscript r_indicator.R
# The centred bias is the trace of B Sigma, with B the covariance matrix of the gradients.
# Reads response_cells.csv (population of the register; synthetic respondents), writes r_indicator.csv and
# r_indicator_propensities.csv. Made with R 4.2.2.
cells <- read.csv("response_cells.csv")
unit <- rep(seq_len(nrow(cells)), cells$population)
frame <- cells[unit, c("size_class", "province")]
frame$responded <- as.numeric(unlist(mapply(
  function(n, r) rep(c(1, 0), c(r, n - r)), cells$population, cells$respondents)))
N <- nrow(frame)

indicator <- function(formula) {
  fit <- glm(formula, binomial, frame, control = list(epsilon = 1e-15, maxit = 100))
  rho <- fitted(fit)
  sigma <- summary(fit)$cov.unscaled
  z <- rho * (1 - rho) * model.matrix(fit)
  s2 <- var(rho)
  bias <- mean(diag(z %*% sigma %*% t(z)))
  ml <- function(x) cov.wt(x, method = "ML")$cov
  A <- ml(cbind(rho, z))[-1, 1]
  B <- ml(z)
  variance <- (4 * t(A) %*% sigma %*% A + 2 * sum(diag(B %*% sigma %*% B %*% sigma))) / (s2 * (N - 1) / N)
  centred <- sum(diag(B %*% sigma)) * N / (N - 1)
  list(rho = rho, s2 = s2, bias = bias, centred = centred, factor = max(1 - bias / s2, 0), se = sqrt(drop(variance)))
}

rows <- list()
keep <- function(variables, quantity, value)
  rows[[length(rows) + 1]] <<- data.frame(variables, quantity, value = sprintf("%.17g", value))
formulas <- list("size_class+province" = responded ~ size_class + province, size_class = responded ~ size_class,
                 province = responded ~ province)
for (name in names(formulas)) {
  found <- indicator(formulas[[name]])
  keep(name, "s2_unadjusted", found$s2)
  keep(name, "bias", found$bias)
  keep(name, "r_unadjusted", 1 - 2 * sqrt(found$s2))
  keep(name, "r", 1 - 2 * sqrt(found$s2 * found$factor))
  keep(name, "se", found$se)
  keep(name, "bias_centred", found$centred)
  keep(name, "r_centred", 1 - 2 * sqrt(max(found$s2 - found$centred, 0)))
}

both <- indicator(formulas[[1]])
for (variable in c("size_class", "province")) {
  other <- setdiff(c("size_class", "province"), variable)
  unconditional <- sqrt(mean((ave(both$rho, frame[[variable]]) - mean(both$rho))^2))
  conditional <- sqrt(mean((both$rho - ave(both$rho, frame[[other]]))^2))
  keep(variable, "unconditional_unadjusted", unconditional)
  keep(variable, "unconditional", unconditional * sqrt(both$factor))
  keep(variable, "conditional_unadjusted", conditional)
  keep(variable, "conditional", conditional * sqrt(both$factor))
  keep(variable, "partial_se", indicator(formulas[[variable]])$se / 2)
  for (category in unique(frame[[variable]])) {
    inside <- frame[[variable]] == category
    value <- sqrt(mean(inside)) * (mean(both$rho[inside]) - mean(both$rho))
    keep(variable, paste0("category:", category), value)
  }
}
write.csv(do.call(rbind, rows), "r_indicator.csv", row.names = FALSE, quote = FALSE)
propensity <- sprintf("%.17g", both$rho[match(seq_len(nrow(cells)), unit)])
write.csv(cbind(cells[c("size_class", "province")], propensity), "r_indicator_propensities.csv", row.names = FALSE,
          quote = FALSE)
