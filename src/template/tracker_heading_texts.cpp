#include "template/tracker_heading_texts.hpp"

#include "template/tracker_headings.hpp"
#include "template/tracker_words.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates::detail {

bool is_field_heading(const std::string& heading) {
    static const std::set<std::string> known = [] {
        std::set<std::string> out;
        for (const field& f : tracker_fields())
            for (const std::string& h : f.headings) out.insert(tidied(h));
        return out;
    }();
    return known.count(tidied(heading)) != 0;
}

column_headings::column_headings(const grid& g, std::uint32_t first, std::uint32_t last, bool from_1904)
    : grid_(g), first_(first), last_(last), from_1904_(from_1904),
      origins_(std::size_t{last - first + 1} * (g.columns() + 1), workbook::address{0, 0}) {
    take_own();
    take_merged();
    for (std::uint32_t r = first_; r < last_; ++r) carry(r);
}

void column_headings::take_own() {
    for (std::uint32_t r = first_; r <= last_; ++r)
        for (const workbook::cell& c : grid_.source().row(r))
            if (c.at.column <= grid_.columns() && !grid_.blank(r, c.at.column)) origins_[index(r, c.at.column)] = c.at;
}

void column_headings::take_merged() {
    for (const workbook::range& m : grid_.source().merged()) {
        if (m.last.row < first_ || m.first.row > last_ || grid_.blank(m.first.row, m.first.column)) continue;
        for (std::uint32_t r = std::max(m.first.row, first_); r <= std::min(m.last.row, last_); ++r)
            for (std::uint32_t c = m.first.column; c <= std::min(m.last.column, grid_.columns()); ++c)
                if (origins_[index(r, c)].column == 0) origins_[index(r, c)] = m.first;
    }
}

/// A group's heading has others below it in its own column.
bool column_headings::heads_group(const workbook::address& heading, std::uint32_t row, std::uint32_t column) const {
    for (std::uint32_t r = row + 1; r <= last_; ++r)
        if (const auto below = origin(r, column); below && !(*below == heading)) return true;
    return false;
}

void column_headings::carry(std::uint32_t row) {
    workbook::address group{0, 0};
    std::uint32_t begun = 0;
    std::vector<std::uint32_t> widths;
    bool covered = false;
    for (std::uint32_t c = 1; c <= grid_.columns(); ++c) {
        workbook::address& here = origins_[index(row, c)];
        if (here.column != 0) {
            if (here == group) {
                covered = true;
                continue;
            }
            if (group.column != 0) widths.push_back(c - begun);
            group = heads_group(here, row, c) ? here : workbook::address{0, 0};
            begun = c, covered = false;
            continue;
        }
        if (group.column == 0) continue;
        // Where all groups before are of one width, the last is no wider.
        const bool wider = widths.size() > 2 && c - begun >= widths.back() &&
                           std::count(widths.begin(), widths.end(), widths.back()) == std::ptrdiff_t(widths.size());
        if (wider || !holds_for(group, covered, row, c))
            group = {0, 0};
        else
            here = group;
    }
}

/// `covered`: the group is merged, and says itself how far it goes; only totals beside it belong to it as well.
bool column_headings::holds_for(const workbook::address& group, bool covered, std::uint32_t row,
                                std::uint32_t column) const {
    for (std::uint32_t r = first_; r < row; ++r)
        if (const auto above = origin(r, column); above && above->column == column) return false;
    std::optional<workbook::address> lowest;
    for (std::uint32_t r = row + 1; r <= last_; ++r)
        if (const auto at = origin(r, column)) lowest = at;
    if (!lowest) return false;
    const std::string text = grid_.text(lowest->row, lowest->column);
    if (is_field_heading(text)) return false;
    const std::optional<line_meaning> own = meaning_of(text);
    const bool total = own && !own->month && (own->year || own->to_date || own->quarter);
    if (covered) return total && !own->kind;
    const std::optional<line_meaning> of_group = meaning_of(grid_.text(group.row, group.column));
    const bool of_month =
        month_in(grid_, group.row, group.column, from_1904_).has_value() || (of_group && of_group->month);
    return !(of_month && total);
}

} // namespace riskshare::templates::detail
