// Filling the next month's actuals into the workbook of a finance report.
#include "csv.hpp"
#include "finance.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

/// Where the labels and the amounts of a list stand.
struct label_columns {
    std::size_t first_line = 0, label = 0, amount = 1;
    std::optional<unit> in = {};
};

bool begins_with_digit_or_sign(const std::string& field) {
    const std::string t = detail::plain(field);
    const std::size_t at = t.find_first_not_of("-+(. \xC2\xA3");
    return at != std::string::npos && detail::is_digit(t[at]);
}

/// A first line without any figure heads the columns: "Line,Actual £000", "Actual M4;Line".
label_columns columns_of(const csv_list& list) {
    label_columns out;
    if (list.lines.size() < 2) return out;
    const std::vector<std::string>&first = list.lines[0].fields, &second = list.lines[1].fields;
    if (first.size() < 2 || std::any_of(first.begin(), first.end(), begins_with_digit_or_sign)) return out;
    const auto figure = std::find_if(second.begin(), second.end(), begins_with_digit_or_sign);
    if (figure == second.end()) return out;
    std::size_t amount = static_cast<std::size_t>(figure - second.begin());
    const auto heads = [&](const char* word) {
        for (std::size_t c = 0; c < first.size(); ++c)
            if (detail::folded(first[c]).find(word) != std::string::npos) return c;
        return first.size();
    };
    for (const char* word : {"amount", "actual"})
        if (heads(word) < first.size()) amount = heads(word);
    // Words alone under words: no headings but two lines of the list, the first with a slip in its amount.
    const std::string heading = amount < first.size() ? first[amount] : "";
    const bool said = heads("actual") < first.size() || heads("amount") < first.size() || !units_in(heading).empty() ||
                      std::any_of(first.begin(), first.end(), [](const std::string& f) {
                          const std::string h = detail::folded(f);
                          return h == "line" || h == "label" || h == "item" || h == "description" || h == "measure";
                      });
    if (!said) return out;
    out.first_line = 1;
    out.amount = amount;
    out.label = amount == 0 ? 1 : 0;
    for (const char* word : {"description", "item", "label", "line"})
        if (heads(word) < first.size() && heads(word) != amount) out.label = heads(word);
    if (const std::vector<unit> named = units_in(heading); named.size() == 1) out.in = named.front();
    return out;
}

/// LABEL,AMOUNT a line: the label in quotes where it holds a comma; the amount as people write it, in the unit of its
/// heading, else of the statement's column, unless it names its own.
std::vector<templates::new_actual> read_actuals(const text_file& file, const finance_report& report,
                                                std::vector<finding>& findings) {
    csv_list list = list_of(file.text, file.name);
    const label_columns at = columns_of(list);
    if (at.first_line == 0 && list.separator == ',')
        for (csv_list::line& l : list.lines) // 1,234 without quotes
            for (; l.fields.size() > 2; l.fields.pop_back()) l.fields[l.fields.size() - 2] += "," + l.fields.back();
    const std::vector<std::string> amounts = amounts_with_points(list, at.amount, at.first_line);
    const unit of_column = report.places.empty() ? unit::pounds : report.places.front().unit;
    std::vector<templates::new_actual> out;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const csv_list::line& l = list.lines[at.first_line + i];
        const result<written_amount> amount = read_written(amounts[i]);
        if (l.fields.size() <= at.label || !amount || amount->kind != written_amount::what::amount) {
            std::string whole;
            for (const std::string& f : l.fields) whole += (whole.empty() ? "" : std::string(1, list.separator)) + f;
            findings.push_back(
                {"fill.line", severity::error,
                 "line " + std::to_string(l.number) + " of " + list.name + " is not a label and an amount: " + whole});
            continue;
        }
        out.push_back({l.fields[at.label], exact(amount->value, amount->in.value_or(at.in.value_or(of_column)))});
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
