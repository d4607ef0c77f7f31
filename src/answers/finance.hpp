// From the workbooks on the command line to the finance reports in them.
#ifndef RISKSHARE_ANSWERS_FINANCE_HPP
#define RISKSHARE_ANSWERS_FINANCE_HPP

#include "load.hpp"

#include <riskshare/misalignment.hpp>
#include <riskshare/template/finance_report.hpp>

#include <string>
#include <vector>

namespace riskshare::answers {

/// From which size on partners' differences must be resolved: as said, else as published. Throws `input_refused` with
/// rule "balances.threshold".
balance_threshold threshold_of(const std::string& said);

/// The finance reports in the workbooks, one a file, in order of time as far as they name it. What is to be said about
/// them is added to the findings.
std::vector<finance_report> finance_reports(loaded&, const input_options&, console&,
                                            const balance_threshold& = threshold_of(""));

/// The same with what several files say of one month as one report; the findings name what cannot stand together, and
/// what an answer of the last month leaves out.
std::vector<finance_report> one_a_month(std::vector<finance_report>, std::vector<finding>&);

/// The edits that put the actuals of a list, LABEL,AMOUNT a line, into the workbook of the report. Amounts are in the
/// unit of the statement unless they name their own.
templates::filled_actuals fill_from_csv(const workbook::book&, const finance_report&, const text_file&);

} // namespace riskshare::answers

#endif
