total <- function(order) {
  sum(order$lines + price)
}
cat("started, no errors\n")
args <- commandArgs(trailingOnly = TRUE)
if (args[1] == "stop") {
  check <- function(n) stop("order ", n, " has no lines")
  check(17)
}
total(list(lines = 1))
