// Filling the next month's actuals into the workbook of a finance report.
#include "finance.hpp"

#include <riskshare/accounting.hpp>

namespace riskshare::tool {

namespace {

/// LABEL,AMOUNT with the label in quotes where it holds a comma; the amount as people write it, in the unit of the
/// statement's column unless it names its own.
struct csv_line {
    std::string label, amount;
};
std::optional<csv_line> split(const std::string& line) {
    if (!line.empty() && line[0] == '"') {
        const std::size_t close = line.find("\",", 1);
        if (close == std::string::npos) return std::nullopt;
        return csv_line{line.substr(1, close - 1), line.substr(close + 2)};
    }
    const std::size_t comma = line.find(',');
    if (comma == std::string::npos) return std::nullopt;
    return csv_line{line.substr(0, comma), line.substr(comma + 1)};
}

std::string without_field_quotes(std::string text) {
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
    return text;
}

std::vector<templates::new_actual> read_actuals(const std::string& file, const finance_report& report,
                                                std::vector<finding>& findings) {
    std::vector<templates::new_actual> out;
    const std::string text = read_bytes(file);
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        at = end + 1;
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        const std::optional<csv_line> parts = split(line);
        const result<written_amount> amount =
            parts ? read_written(without_field_quotes(parts->amount)) : result<written_amount>(written_amount{});
        if (!parts || !amount || amount->kind != written_amount::what::amount) {
            findings.push_back({"fill.line", severity::error,
                                "line " + std::to_string(number) + " of " + file + " is no LABEL,AMOUNT: " + line});
            continue;
        }
        const unit of_column = report.places.empty() ? unit::pounds : report.places.front().unit;
        out.push_back({parts->label, exact(amount->value, amount->in.value_or(of_column))});
    }
    return out;
}

} // namespace

templates::filled_actuals fill_from_csv(const workbook::book& book, const finance_report& report,
                                        const std::string& file) {
    std::vector<finding> findings;
    const std::vector<templates::new_actual> actuals = read_actuals(file, report, findings);
    templates::filled_actuals filled = templates::fill_actuals(book, report, actuals);
    std::move(filled.findings.begin(), filled.findings.end(), std::back_inserter(findings));
    filled.findings = std::move(findings);
    return filled;
}

} // namespace riskshare::tool
