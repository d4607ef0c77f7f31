// Adds the cells of plan and actual up again as they stand in the sheet.
#include "template/share_sheet.hpp"

#include <riskshare/template/layout.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates {

namespace {

/// The two lines of a sheet, whichever way it lies, and what the statement took from each of their cells.
struct lines_of_sheet {
    grid g;
    std::uint32_t plan = 0, actual = 0;
    std::map<std::pair<std::uint32_t, std::uint32_t>, money> cells = {}; ///< by line and party
};

std::optional<lines_of_sheet> lines_of(const share_inputs& in, const share_reader& reader, const std::string& file) {
    std::set<std::uint32_t> plan_rows, plan_columns;
    std::vector<std::pair<const stated_money*, bool>> all; // whether it is a plan
    for (const party_position& p : in.positions) {
        if (!p.plan || !p.actual) return std::nullopt;
        plan_rows.insert(p.plan->at.row());
        plan_columns.insert(p.plan->at.column());
        all.emplace_back(&*p.plan, true);
        all.emplace_back(&*p.actual, false);
    }
    for (const auto& [m, of_plan] : all)
        if (m->at.row() == 0 || m->at.file() != file || m->at.sheet() != all.front().first->at.sheet())
            return std::nullopt;
    if (all.empty() || (plan_rows.size() != 1 && plan_columns.size() != 1)) return std::nullopt;
    const bool across = plan_rows.size() == 1;
    const grid sheet = reader.open(all.front().first->at.sheet());
    lines_of_sheet out{across ? sheet : sheet.transposed()};
    std::set<std::uint32_t> lines;
    for (const auto& [m, of_plan] : all) {
        const std::uint32_t line = across ? m->at.row() : m->at.column(), party = across ? m->at.column() : m->at.row();
        (of_plan ? out.plan : out.actual) = line;
        lines.insert(line);
        out.cells.emplace(std::pair(line, party), m->value);
    }
    if (lines.size() != 2 || out.cells.size() != all.size()) return std::nullopt;
    return out;
}

bool heads_a_total(const grid& g, std::uint32_t line, std::uint32_t column) {
    for (std::uint32_t r = 1; r < line; ++r)
        if (names_a_total(g.text(r, column))) return true;
    return false;
}

/// Adds up one line in the sheet's own unit, so that no party and no unit of the statement is relied upon. A line whose
/// every cell the statement turned is of deficits printed positive.
class adding_again {
public:
    adding_again(const lines_of_sheet& lines, share_reader& reader, cells_added_again& out)
        : g_(lines.g), lines_(lines), reader_(reader), out_(out) {}
    std::optional<money> sum(std::uint32_t line);

private:
    void compare_total(std::uint32_t line, const std::string& label, std::uint32_t column, unit, const exact& sum,
                       const exact& finest, std::size_t parts);

    const grid& g_;
    const lines_of_sheet& lines_;
    share_reader& reader_;
    cells_added_again& out_;
};

std::optional<money> adding_again::sum(std::uint32_t line) {
    std::uint32_t label = 0, last = 0;
    for (const auto& [where, value] : lines_.cells)
        if (where.first == line) label = label == 0 ? where.second : std::min(label, where.second), last = where.second;
    while (label > 1 && (g_.blank(line, label) || g_.is_number(line, label))) --label;
    const std::string name = g_.text(line, label);
    const std::optional<unit> in_unit = reader_.unit_of({g_, line, 1, {}}, name, g_.at(line, label));
    if (!in_unit) return std::nullopt;
    exact sum;
    std::optional<exact> finest; // "-7" beside "-0.4" is -7.0
    std::size_t parts = 0;
    bool as_it_stands = false, turned = false;
    for (const auto& [where, value] : lines_.cells) {
        if (where.first != line) continue;
        const result<cell_figure> f = read_amount(g_, line, where.second, *in_unit);
        if (!f || !*f) return std::nullopt;
        const exact cell((*f)->written(), (*f)->unit());
        (cell.is_negative() == value.is_negative() ? as_it_stands : turned) |= !value.is_zero();
        sum += cell;
        finest = finest ? std::min(*finest, (*f)->step()) : (*f)->step();
        ++parts;
    }
    if (as_it_stands && turned) return std::nullopt;
    out_.cells += parts;
    if (finest) compare_total(line, name, last + 1, *in_unit, sum, *finest, parts);
    return rounded(turned ? -sum : sum, rounding::half_away_from_zero);
}

void adding_again::compare_total(std::uint32_t line, const std::string& label, std::uint32_t column, unit in_unit,
                                 const exact& sum, const exact& finest, std::size_t parts) {
    const result<cell_figure> stated = read_amount(g_, line, column, in_unit);
    if (!heads_a_total(g_, line, column) || !stated || !*stated) return;
    const exact slack = std::min(finest, (*stated)->step()) * ratio(static_cast<std::int64_t>(parts) + 1, 2);
    if (abs((*stated)->value() - sum) > slack)
        out_.wrong_totals.push_back({label, (*stated)->value(), sum, g_.at(line, column)});
}

} // namespace

std::optional<cells_added_again> added_again(const workbook::book& book, const share_inputs& in,
                                             const share_options& options) {
    cells_added_again out;
    std::vector<finding> unused;
    share_reader reader(book, options, unused);
    const std::optional<lines_of_sheet> lines = lines_of(in, reader, book.source().name());
    if (!lines) return std::nullopt;
    adding_again again(*lines, reader, out);
    const std::optional<money> plan = again.sum(lines->plan), actual = again.sum(lines->actual);
    if (!plan || !actual) return std::nullopt;
    out.plan = *plan;
    out.actual = *actual;
    return out;
}

} // namespace riskshare::templates
