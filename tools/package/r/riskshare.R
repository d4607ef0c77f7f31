# riskshare from R:  source("riskshare.R"); a <- riskshare("risk", "plan.xlsx"); a$json holds the answer.
# R has no exact decimal type, so amounts stay text in JSON; jsonlite::fromJSON(a$json) reads it where it is installed.
dyn.load(file.path(Sys.getenv("RISKSHARE_R", "."), paste0("riskshare", .Platform$dynlib.ext)))

riskshare <- function(command, files = character(), options = "{}", text = FALSE) {
  quoted <- function(words) paste0('"', gsub('"', '\\\\"', gsub("\\\\", "\\\\\\\\", words)), '"')
  request <- sprintf('{"command":%s,"files":[%s],"options":%s,"json":true,"text":%s}', quoted(command),
                     paste(vapply(files, quoted, ""), collapse = ","), options, if (text) "true" else "false")
  bytes <- lapply(files, function(f) readBin(f, "raw", file.size(f)))
  answer <- .Call("riskshare_ask_r", enc2utf8(request), enc2utf8(files), bytes)
  if (answer$status >= 2) stop(answer$talk)
  answer
}
