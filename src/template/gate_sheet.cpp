// Reads gates of funds quarter by quarter.
#include "template/gate_sheet.hpp"

#include <riskshare/accounting.hpp>

#include <map>

namespace riskshare::templates {

namespace {

/// "Q1", "Quarter 1", "Qtr 1"; 0 for another text.
int quarter_in(const std::string& text) {
    const std::string t = riskshare::detail::folded(text);
    for (const char* word : {"quarter", "qtr", "q"}) {
        if (t.rfind(word, 0) != 0) continue;
        const std::string rest = riskshare::detail::plain(t.substr(std::string(word).size()));
        if (!rest.empty() && rest[0] >= '1' && rest[0] <= '4' && (rest.size() == 1 || rest[1] == ' '))
            return rest[0] - '0';
    }
    return 0;
}

struct gate_columns {
    std::uint32_t heading = 0;
    std::map<std::uint32_t, int> quarters; ///< column → quarter
};

std::optional<gate_columns> columns_of(const grid& g) {
    for (std::uint32_t row = 1; row <= g.rows(); ++row) {
        gate_columns found{row, {}};
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (const int q = quarter_in(g.text(row, c))) found.quarters[c] = q;
        if (found.quarters.size() >= 2) return found;
    }
    return std::nullopt;
}

} // namespace

std::optional<decimal> measured_in(const grid& g, std::uint32_t row, std::uint32_t column, unit in) {
    const std::string text = g.text(row, column), folded = riskshare::detail::folded(text);
    for (const char* yes : {"yes", "y", "met", "true", "achieved", "pass", "passed"})
        if (folded == yes) return decimal(1, 0);
    for (const char* no : {"no", "n", "missed", "not met", "false", "not achieved", "fail", "failed"})
        if (folded == no) return decimal(0, 0);
    const auto scaled = [](const decimal& d, unit u) {
        return decimal(d.coefficient(), d.exponent() + power_of_ten(u));
    };
    const result<cell_figure> f = read_amount(g, row, column, in);
    if (f && *f) return scaled((*f)->written(), (*f)->unit());
    const result<written_amount> written = read_written(text);
    if (written && written->kind == written_amount::what::percentage) return written->value;
    if (written && written->kind == written_amount::what::amount)
        return scaled(written->value, written->in.value_or(in));
    return std::nullopt;
}

void read_gates(const workbook::book& book, const agreement& a, const share_options& options, share_inputs& in,
                std::vector<finding>& findings) {
    share_reader reader(book, options, findings);
    for (const std::string& name : book.sheet_names()) {
        if (!has_text(riskshare::detail::folded(name), "gate")) continue;
        const grid g = reader.open(name);
        const std::optional<gate_columns> columns = columns_of(g);
        if (!columns) {
            reader.error("share.gates", "'" + name + "' has no columns of quarters", g.place(),
                         "head them Q1, Q2, Q3 and Q4");
            continue;
        }
        for (std::uint32_t row = columns->heading + 1; row <= g.rows(); ++row) {
            std::string measured, body;
            for (std::uint32_t c = 1; c < columns->quarters.begin()->first; ++c) {
                if (g.blank(row, c)) continue;
                const std::string text = g.text(row, c);
                const std::string code = a.index_of(text) ? text : reader.known_code(text).value_or(text);
                if (a.index_of(code))
                    body = code;
                else if (riskshare::detail::folded(text) != "system" && riskshare::detail::folded(text) != "all")
                    measured = text;
            }
            if (measured.empty()) continue;
            for (const auto& [column, quarter] : columns->quarters) {
                if (g.blank(row, column)) continue;
                const std::optional<decimal> value = measured_in(g, row, column, unit::pounds);
                if (value)
                    in.measures.push_back({measured, body, quarter, *value, g.at(row, column)});
                else
                    reader.error("share.measure",
                                 "\"" + g.text(row, column) + "\" does not say whether \"" + measured + "\" is met",
                                 g.at(row, column), "write yes or no, a number or a percentage; blank is not known");
            }
        }
    }
}

} // namespace riskshare::templates
