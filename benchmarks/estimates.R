# The same estimates by R's survey package, for benchmarks/estimates.py: Rscript estimates.R FOLDER FACTOR
suppressPackageStartupMessages(library(survey))
options(warn = -1) # no degrees of freedom in the smallest groups
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
factor <- as.integer(arguments[2])
now <- function() proc.time()[["elapsed"]]

start <- now()
data <- read.csv(file.path(folder, "respondents.csv"), colClasses = "character")
items <- read.csv(file.path(folder, "items.csv"), colClasses = "character")
provinces <- read.csv(file.path(folder, "provinces.csv"))
read <- now()

n <- nrow(data)
population <- c(d = 250, c = 60, ab = 32) * factor
total <- sum(population)
data$N <- total
data$Nh <- population[data$size_class]
data$equal <- total / n
data$ratio <- (population / table(data$size_class)[names(population)])[data$size_class]
class_totals <- data.frame(size_class = names(population), Freq = as.numeric(population))
keep <- c("size_class", "province", "N", "Nh", "equal", "ratio")
srs <- svydesign(ids = ~1, weights = ~equal, fpc = ~N, data = data[keep])
strata <- svydesign(ids = ~1, strata = ~size_class, weights = ~equal, fpc = ~Nh, data = data[keep])
stratified <- svydesign(ids = ~1, strata = ~size_class, weights = ~ratio, fpc = ~Nh, data = data[keep])
unknown <- sum(weights(stratified)[data$province == "unknown"])
known <- provinces$Freq * factor * (total - unknown) / total
province_totals <- data.frame(province = c(provinces$province, "unknown"), Freq = c(known, unknown))
province_totals <- province_totals[province_totals$Freq > 0, ]
raked <- rake(strata, list(~size_class, ~province), list(class_totals, province_totals),
              control = list(maxit = 500, epsilon = 1e-12))
designs <- list(unweighted = srs, size_class = stratified, raked = raked)
weighted <- now()

rows <- list()
for (question in unique(items$question)) {
  options <- items[items$question == question, ]
  chosen <- sapply(seq_len(nrow(options)), function(i) as.numeric(data[[options$column[i]]] == options$code[i]))
  base <- !(data[[options$column[1]]] %in% c("not_asked", "not_answered"))
  for (estimator in names(designs)) {
    for (group in c("all", "d", "c", "ab")) {
      mask <- if (group == "all") base else base & data$size_class == group
      # within a size class the unweighted share is that of a sample from a class of known size
      design <- if (group != "all" && estimator == "unweighted") stratified else designs[[estimator]]
      part <- design[mask, ]
      x <- if (nrow(part) == n) chosen * mask else chosen[mask, , drop = FALSE]
      found <- svymean(x, part)
      share <- as.vector(coef(found))
      variance <- diag(vcov(found))
      members <- sum(mask)
      df <- degf(part)
      adjust <- (qt(0.025, members - 1) / qt(0.025, df))^2
      size <- share * (1 - share) / variance * adjust
      sampled <- 1 - members / sum(weights(part))
      rows[[length(rows) + 1]] <- data.frame(
        question = question, option = options$option, group = group, estimator = estimator, n = members,
        count = colSums(x), share = share, se = sqrt(variance),
        ci_low = suppressWarnings(qbeta(0.025, size * share, size * (1 - share) + 1)),
        ci_high = suppressWarnings(qbeta(0.975, size * share + 1, size * (1 - share))),
        deff = variance / (share * (1 - share)) * (members - 1) / sampled)
    }
  }
}
result <- do.call(rbind, rows)
done <- now()
write.csv(result, file.path(folder, "r.csv"), row.names = FALSE)
cat(sprintf('{"read": %.4f, "weights": %.4f, "estimates": %.4f}\n', read - start, weighted - read, done - weighted))
