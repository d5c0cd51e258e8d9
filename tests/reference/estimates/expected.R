# Expected numbers from R's survey package for tests/unit/statistics. Run in this folder: Rscript expected.R
# Debian packages r-base-core and r-cran-survey; R 4.2.2 with survey 4.1-1 made the files that are kept here.

suppressPackageStartupMessages(library(survey))
options(digits = 17)

data <- read.csv("respondents.csv", colClasses = "character")
population <- c(d = 250, c = 60, ab = 32)
provinces <- table(read.csv("../../../data/raw/register/municipalities_2025.csv")$province)
missing <- c("not_asked", "not_answered")

# A column per option; NA outside the base.
indicators <- list()
add <- function(question, option, column, code) {
  answer <- data[[column]]
  value <- ifelse(answer %in% missing, NA, as.numeric(answer == code))
  indicators[[paste(question, option)]] <<- value
}
for (code in letters[1:6]) add("q04", code, "q04", code)
for (code in letters[1:5]) add("q06", code, "q06", code)
for (code in letters[1:4]) add("q09", code, "q09", code)
for (code in letters[1:4]) add("q13", code, "q13", code)
for (code in letters[1:5]) add("q16", code, "q16", code)
for (code in letters[1:6]) add("q21", code, paste0("q21_", code), "1")
for (item in c("q23a", "q23b")) for (code in c("altijd", "soms", "zelden")) add(item, code, item, code)

data$N <- 342
data$Nh <- population[data$size_class]
data$equal <- 342 / 153
class_totals <- data.frame(size_class = names(population), Freq = as.numeric(population))

designs <- function(fpc) {
  srs <- svydesign(ids = ~1, weights = ~equal, fpc = if (fpc) ~N, data = data)
  strata <- svydesign(ids = ~1, strata = ~size_class, weights = ~equal, fpc = if (fpc) ~Nh, data = data)
  post <- postStratify(strata, ~size_class, class_totals)
  unknown <- sum(weights(post)[data$province == "unknown"])
  province_totals <- data.frame(
    province = c(names(provinces), "unknown"),
    Freq = c(as.numeric(provinces) * (342 - unknown) / 342, unknown)
  )
  raked <- rake(strata, list(~size_class, ~province), list(class_totals, province_totals),
                control = list(maxit = 500, epsilon = 1e-15))
  data$ratio <<- population[data$size_class] / table(data$size_class)[data$size_class]
  stratified <- svydesign(ids = ~1, strata = ~size_class, weights = ~ratio, fpc = if (fpc) ~Nh, data = data)
  list(unweighted = srs, stratified = stratified, size_class = post, raked = raked)
}

# svyciprop has no interval at 0 and 100 per cent and without degrees of freedom.
quietly <- function(expression) tryCatch(suppressWarnings(expression), error = function(e) NULL)

row_of <- function(name, value, design, mask, fpc) {
  design$variables$value <- ifelse(is.na(value), 0, value)
  part <- design[mask & !is.na(value), ]
  n <- sum(mask & !is.na(value))
  if (n == 0) return(NULL)
  mean <- svymean(~value, part)
  effect <- quietly(svymean(~value, part, deff = if (fpc) TRUE else "replace"))
  interval <- quietly(svyciprop(~value, part, method = "beta"))
  data.frame(item = name, n = n, count = sum(value[mask], na.rm = TRUE), share = coef(mean)[[1]], se = SE(mean)[[1]],
             ci_low = if (is.null(interval)) NA else confint(interval)[1],
             ci_high = if (is.null(interval)) NA else confint(interval)[2],
             deff = if (is.null(effect)) NA else deff(effect)[[1]], df = degf(part), rows = nrow(part))
}

shares <- list()
for (fpc in c(TRUE, FALSE)) {
  made <- designs(fpc)
  for (estimator in names(made)) {
    groups <- list(c("all", "all"), c("size_class", "d"), c("size_class", "c"), c("size_class", "ab"))
    if (fpc) groups <- c(groups, lapply(c("Flevoland", "Gelderland", "unknown"), function(p) c("province", p)))
    for (group in groups) {
      mask <- if (group[1] == "all") rep(TRUE, 153) else data[[group[1]]] == group[2]
      design <- made[[estimator]]
      if (estimator == "unweighted" && group[1] == "size_class") design <- made$stratified
      for (name in names(indicators)) {
        found <- row_of(name, indicators[[name]], design, mask, fpc)
        if (!is.null(found)) {
          shares[[length(shares) + 1]] <- cbind(fpc = fpc, estimator = estimator, group_variable = group[1],
                                                group = group[2], found)
        }
      }
    }
  }
}
write.csv(do.call(rbind, shares), "expected_shares.csv", row.names = FALSE, quote = FALSE)

made <- designs(TRUE)
write.csv(data.frame(respondent_id = data$respondent_id, size_class = weights(made$size_class),
                     raked = weights(made$raked)), "expected_weights.csv", row.names = FALSE, quote = FALSE)

mentions <- list()
for (estimator in c("unweighted", "size_class", "raked")) {
  design <- made[[estimator]]
  chosen <- sapply(paste("q21", letters[1:6]), function(name) ifelse(is.na(indicators[[name]]), 0, indicators[[name]]))
  design$variables$total <- rowSums(chosen)
  for (position in 1:6) {
    design$variables$value <- chosen[, position]
    mentions[[length(mentions) + 1]] <- data.frame(
      estimator = estimator, option = letters[position], share_of_mentions = coef(svyratio(~value, ~total, design))[[1]])
  }
}
write.csv(do.call(rbind, mentions), "expected_mentions.csv", row.names = FALSE, quote = FALSE)

# Rao-Scott (second order, F) on the design weighted by size class, and Fisher-Freeman-Halton on the counts.
tests <- list()
for (fpc in c(TRUE, FALSE)) {
  design <- designs(fpc)$stratified
  for (column in c("q04", "q06", "q09", "q13", "q16", "q21_b", "q21_c", "q21_e", "q23a", "q23b")) {
    asked <- !(data[[column]] %in% missing)
    design$variables$answer <- factor(ifelse(asked, data[[column]], NA))
    design$variables$size <- factor(data$size_class)
    found <- svychisq(~answer + size, design[asked, ])
    counts <- table(data[asked, column], data$size_class[asked])
    exact <- if (length(counts) <= 15) fisher.test(counts, workspace = 2e8)$p.value else NA
    tests[[length(tests) + 1]] <- data.frame(
      fpc = fpc, column = column, n = sum(asked), f = found$statistic[[1]], df_numerator = found$parameter[[1]],
      df_denominator = found$parameter[[2]], p_rao_scott = found$p.value[[1]], p_exact = exact)
  }
}
write.csv(do.call(rbind, tests), "expected_tests.csv", row.names = FALSE, quote = FALSE)
