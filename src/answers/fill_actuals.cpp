// Filling the next month's actuals into the workbook of a finance report.
#include "csv.hpp"
#include "finance.hpp"

#include <riskshare/accounting.hpp>

#include <sstream>

namespace riskshare::answers {

namespace {

/// LABEL,AMOUNT a line: the label in quotes where it holds a comma; the amount as people write it, in the unit of the
/// statement's column unless it names its own.
std::vector<templates::new_actual> read_actuals(const text_file& list, const finance_report& report,
                                                std::vector<finding>& findings) {
    std::vector<templates::new_actual> out;
    std::istringstream lines(in_utf8(list.text));
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        const std::vector<std::string> fields = csv_fields(line);
        if (fields.size() == 1 && detail::plain(fields.front()).empty()) continue;
        std::string written = fields.size() > 1 ? fields[1] : "";
        for (std::size_t i = 2; i < fields.size(); ++i) written += "," + fields[i]; // 1,234 without quotes
        const result<written_amount> amount = read_written(written);
        if (!amount || amount->kind != written_amount::what::amount) {
            findings.push_back(
                {"fill.line", severity::error,
                 "line " + std::to_string(number) + " of " + list.name + " is no LABEL,AMOUNT: " + line});
            continue;
        }
        const unit of_column = report.places.empty() ? unit::pounds : report.places.front().unit;
        out.push_back({fields.front(), exact(amount->value, amount->in.value_or(of_column))});
    }
    return out;
}

} // namespace

templates::filled_actuals fill_from_csv(const workbook::book& book, const finance_report& report,
                                        const text_file& list) {
    std::vector<finding> findings;
    const std::vector<templates::new_actual> actuals = read_actuals(list, report, findings);
    templates::filled_actuals filled = templates::fill_actuals(book, report, actuals);
    std::move(filled.findings.begin(), filled.findings.end(), std::back_inserter(findings));
    filled.findings = std::move(findings);
    return filled;
}

} // namespace riskshare::answers
