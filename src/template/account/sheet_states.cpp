// Keeps what is known of the cells of a sheet while an account is made.
#include "template/account/sheet_states.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

sheet_states::sheet_states(workbook::sheet sheet, const std::string& file)
    : sheet_(std::move(sheet)), place_(file, sheet_.name()), states_(sheet_.cells().size(), 0) {}

std::optional<cell_state> sheet_states::state(std::size_t i) const {
    if (states_[i] == 0) return std::nullopt;
    return static_cast<cell_state>(states_[i] - 1);
}

std::optional<std::size_t> sheet_states::find(workbook::address at) const {
    const workbook::cell* c = sheet_.find(at);
    if (c == nullptr || (c->kind == workbook::cell_kind::blank && !c->has_formula)) return std::nullopt;
    return index_of(c);
}

void sheet_states::read(std::size_t i, const std::string& table) {
    const workbook::address at = cell(i).at;
    if (state(i) == cell_state::read) return;
    set(i, cell_state::read);
    table_extent& extent = tables_[table];
    ++extent.rows[at.row];
    ++extent.columns[at.column];
    const auto [row, fresh] = rows_read_.emplace(at.row, at.column);
    if (!fresh) row->second = std::min(row->second, at.column);
    columns_read_[at.column].push_back(at.row);
}

std::uint32_t sheet_states::first_read_in(std::uint32_t row) const {
    const auto found = rows_read_.find(row);
    return found == rows_read_.end() ? 0 : found->second;
}

bool sheet_states::heads_a_group(std::size_t i) const {
    const workbook::address at = cell(i).at;
    for (const workbook::range& m : sheet_.merged())
        if (m.first.row == at.row && m.first.column == at.column) return m.last.column > m.first.column;
    const auto text_at = [&](std::uint32_t row, std::uint32_t column) {
        const workbook::cell* c = sheet_.find({row, column});
        return c != nullptr && c->kind == workbook::cell_kind::text && !c->text.empty();
    };
    return !text_at(at.row, at.column + 1) && !text_at(at.row + 1, at.column) && text_at(at.row + 1, at.column + 1);
}

bool sheet_states::any_marked(const workbook::range& asked) const {
    constexpr std::uint32_t most_looked_at = 2'000;
    const workbook::address used = sheet_.used().last;
    const workbook::address last{std::min(asked.last.row, used.row), std::min(asked.last.column, used.column)};
    if (asked.first.row > last.row || asked.first.column > last.column) return false;
    if (last.row - asked.first.row < most_looked_at) {
        for (std::uint32_t r = asked.first.row; r <= last.row; ++r)
            for (const workbook::cell& c : sheet_.row(r)) {
                if (c.at.column < asked.first.column || c.at.column > last.column) continue;
                const std::optional<cell_state> s = state(index_of(&c));
                if (s == cell_state::read || s == cell_state::proved || s == cell_state::working) return true;
            }
        return false;
    }
    // In a long column the figures that were read are enough to know.
    for (auto c = columns_read_.lower_bound(asked.first.column); c != columns_read_.end() && c->first <= last.column;
         ++c)
        if (std::any_of(c->second.begin(), c->second.end(),
                        [&](std::uint32_t row) { return row >= asked.first.row && row <= last.row; }))
            return true;
    return false;
}

} // namespace riskshare::templates::detail
