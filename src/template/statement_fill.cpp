#include "template/share_sheet.hpp"

#include <algorithm>

namespace riskshare::templates {

namespace {

struct named_cells {
    std::string sheet;
    workbook::range cells;
};

/// Statement!$B$5:$D$5, 'My sheet'!$B$2.
std::optional<named_cells> resolved(const workbook::book& book, const std::string& name) {
    for (const workbook::defined_name& d : book.defined_names()) {
        if (riskshare::detail::folded(d.name) != riskshare::detail::folded(name)) continue;
        const std::size_t mark = d.refers_to.rfind('!');
        if (mark == std::string::npos) return std::nullopt;
        std::string sheet = d.refers_to.substr(0, mark);
        if (sheet.size() > 2 && sheet.front() == '\'') {
            sheet = sheet.substr(1, sheet.size() - 2);
            for (std::size_t at = sheet.find("''"); at != std::string::npos; at = sheet.find("''", at + 1))
                sheet.erase(at, 1);
        }
        const result<workbook::range> cells = workbook::parse_range(d.refers_to.substr(mark + 1));
        if (!cells || !book.has(sheet)) return std::nullopt;
        return named_cells{sheet, *cells};
    }
    return std::nullopt;
}

/// The nearest row above the range that heads all its columns with texts.
std::uint32_t heading_above(const grid& g, const workbook::range& r) {
    for (std::uint32_t row = r.first.row; row-- > 1;) {
        bool texts = true;
        for (std::uint32_t c = r.first.column; c <= r.last.column; ++c)
            texts = texts && !g.blank(row, c) && !g.is_number(row, c);
        if (texts) return row;
    }
    return 0;
}

class statement_filling {
public:
    statement_filling(const workbook::book& book, const statement& s, const share_options& o,
                      std::vector<finding>& findings)
        : book_(book), statement_(s), reader_(book, o, findings) {}

    void month_in(const std::string& name);
    void row_in(const std::string& name, money statement_line::*figure, bool with_retained = false);
    std::vector<workbook::edit> edits;

private:
    void missing(const std::string& name) {
        reader_.error("fill.no_name", book_.source().name() + " has no range named " + name,
                      provenance(book_.source().name(), ""), "name the cells that it should fill");
    }
    const workbook::book& book_;
    const statement& statement_;
    share_reader reader_;
};

void statement_filling::month_in(const std::string& name) {
    const std::optional<named_cells> to = resolved(book_, name);
    if (!to) return missing(name);
    edits.push_back(
        {to->sheet, to->cells.first, workbook::edit::what::number, std::to_string(statement_.when.month.number())});
}

void statement_filling::row_in(const std::string& name, money statement_line::*figure, bool with_retained) {
    const std::optional<named_cells> to = resolved(book_, name);
    if (!to) return missing(name);
    const grid g = reader_.open(to->sheet);
    const std::uint32_t heading_row = heading_above(g, to->cells);
    if (heading_row == 0)
        return reader_.error("fill.no_heading", name + " stands under no heading of parties",
                             g.at(to->cells.first.row, to->cells.first.column), "head its columns with the parties");
    const organisation_heading h{g, heading_row, 1, {}};
    const std::optional<unit> in = reader_.unit_of(h, g.text(to->cells.first.row, 1), g.at(heading_row, 1));
    if (!in) return;
    std::vector<std::string> filled;
    for (std::uint32_t c = to->cells.first.column; c <= to->cells.last.column; ++c) {
        const std::string text = g.text(heading_row, c);
        const bool own_name = std::any_of(statement_.lines.begin(), statement_.lines.end(),
                                          [&](const statement_line& l) { return l.organisation == text; });
        const std::string code = own_name ? text : reader_.code_of(text, g.at(heading_row, c));
        const auto line = std::find_if(statement_.lines.begin(), statement_.lines.end(),
                                       [&](const statement_line& l) { return l.organisation == code; });
        if (line == statement_.lines.end()) {
            reader_.error("fill.not_a_party", code + " is not a party to " + statement_.agreement, g.at(heading_row, c),
                          "head the columns with the parties");
            continue;
        }
        filled.push_back(code);
        money amount = (*line).*figure;
        if (with_retained) amount += line->retained;
        const int places = power_of_ten(*in) + 2;
        const decimal value = decimal(amount.pence(), -places).normalised();
        edits.push_back({to->sheet, {to->cells.first.row, c}, workbook::edit::what::number, to_string(value)});
    }
    for (const statement_line& l : statement_.lines)
        if (std::count(filled.begin(), filled.end(), l.organisation) != 1)
            reader_.error("fill.party_without_column", l.organisation + " has no column of its own in " + name,
                          g.at(heading_row, to->cells.first.column), "give each party one column");
}

} // namespace

bool has_statement(const workbook::book& book) { return resolved(book, "Statement_Variance").has_value(); }

outcome<std::vector<workbook::edit>> statement_edits(const workbook::book& book, const statement& s,
                                                     const share_options& options) {
    std::vector<finding> findings;
    if (!s.applied()) {
        findings.push_back({"fill.not_applied",
                            severity::error,
                            s.agreement + " is not applied in " + to_string(s.when) +
                                ": its figures are notional and are not filled in",
                            {},
                            "fill the statement from the month in which sharing starts"});
        return findings;
    }
    statement_filling filling(book, s, options, findings);
    filling.month_in("Statement_Month");
    filling.row_in("Statement_Variance", &statement_line::variance);
    filling.row_in("Statement_Retained", &statement_line::excluded);
    filling.row_in("Statement_Shareable", &statement_line::shareable);
    filling.row_in("Statement_Share", &statement_line::allocated, true);
    filling.row_in("Statement_Adjustment", &statement_line::transfer);
    filling.row_in("Statement_After", &statement_line::final);
    if (has_errors(findings)) return findings;
    return outcome<std::vector<workbook::edit>>(std::move(filling.edits), std::move(findings));
}

} // namespace riskshare::templates
