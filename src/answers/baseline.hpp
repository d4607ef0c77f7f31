// Known findings that somebody has accepted, each with a reason and a date.
#ifndef RISKSHARE_ANSWERS_BASELINE_HPP
#define RISKSHARE_ANSWERS_BASELINE_HPP

#include "commands.hpp"

#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::answers {

/// The findings as a baseline, reasons and dates left to fill in.
std::string baseline_of(const std::vector<finding>&);

/// Turns accepted findings into notes with their reason, and adds a warning for each accepted one that is gone.
/// Throws `input_refused` for a baseline that cannot be read or lacks a reason or a date.
void apply_baseline(const std::string& json, const std::string& name, std::vector<finding>&);

/// Puts the findings as comments into a copy of the workbook. Throws `input_refused` where there are several.
void annotate(const check_options&, const std::vector<workbook::book>&, const std::vector<finding>&, console&);

} // namespace riskshare::answers

#endif
