#include "workbook/detail/book_state.hpp"
#include "workbook/detail/cell_values.hpp"
#include "workbook/detail/refusal.hpp"
#include "workbook/detail/xml_text.hpp"

#include <riskshare/detail/large_pages.hpp>
#include <riskshare/error.hpp>

#include <algorithm>
#include <charconv>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace riskshare::workbook {

namespace detail {

namespace {

// Held whole, a cell costs about fifty bytes; beyond this a sheet is for `cell_stream`.
constexpr std::size_t most_cells = 12'000'000;
// A string or formula that many cells share is held by each of them, so a small file could ask for all memory.
constexpr std::size_t most_text_anyway = std::size_t{64} << 20, most_text_by_size = 8, cost_of_a_formula = 2;

std::uint32_t number_of(const std::optional<std::string>& text) {
    std::uint32_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

/// Zero, however it is written: a height or width of nothing hides.
bool is_zero(std::optional<std::string_view> number) {
    return number && number->find_first_not_of("0.") == std::string_view::npos &&
           number->find('0') != std::string_view::npos;
}

bool is_set(std::optional<std::string_view> flag) { return flag == "1" || flag == "true" || flag == "on"; }

/// Fills the state of one sheet from its part.
class sheet_reading {
public:
    sheet_reading(sheet::state& to, const book::state& in)
        : to_(to), in_(in), where_(place_of(in.source, to.part)), text_(taken(to, in, where_)), xml_(text_, where_) {}

    void run() {
        const bool found = find_sheet_data(xml_, [this](xml_reader&) { property(); });
        if (!found) return finish();
        if (!xml_.self_closing()) cells();
        for (auto e = xml_.next(); e != xml_reader::event::end; e = xml_.next())
            if (e == xml_reader::event::open) property();
        finish();
    }

private:
    static std::string_view taken(sheet::state& to, const book::state& in, const std::string& where) {
        to.source = held_text(in.source, to.part, where);
        return to.source.view();
    }

    void property() {
        const std::string_view name = xml_.name();
        if (xml_.depth() == 1 || name == "cols" || name == "mergeCells" || name == "tableParts") return;
        if (name == "sheetFormatPr")
            to_.rows_hidden_by_default = xml_.flag("zeroHeight");
        else if (name == "col")
            column();
        else if (name == "sheetProtection")
            to_.is_protected = xml_.flag("sheet");
        else if (name == "autoFilter")
            return filter();
        else if (name == "mergeCell")
            merged();
        else if (name == "tablePart")
            table_part();
        xml_.skip();
    }

    void column() {
        if (!xml_.flag("hidden") && !is_zero(raw_attribute(xml_.attributes(), "width"))) return;
        const std::uint32_t first = number_of(xml_.attribute("min")), last = number_of(xml_.attribute("max"));
        if (first == 0 || last < first) return;
        to_.hidden_columns.push_back({first, last});
    }

    /// A filter without one hides no row.
    static bool is_criterion(std::string_view name) {
        constexpr std::string_view known[] = {"filters",       "customFilters", "top10",
                                              "dynamicFilter", "colorFilter",   "iconFilter"};
        return std::find(std::begin(known), std::end(known), name) != std::end(known);
    }

    void filter() {
        to_.filtered = true;
        const result<range> where = parse_range(xml_.attribute("ref").value_or(""));
        bool chooses = false;
        for (const std::size_t outer = xml_.depth(); xml_.depth() >= outer;)
            if (xml_.next() == xml_reader::event::open) chooses = chooses || is_criterion(xml_.name());
        if (where && chooses) to_.filters.push_back(*where);
    }

    void merged() {
        const std::string reference = xml_.attribute("ref").value_or("");
        const result<range> where = parse_range(reference);
        if (where)
            to_.merged.push_back(*where);
        else
            warn(to_.warnings, where_ + ": merged range " + where.why().message);
    }

    void table_part() {
        if (!tables_) find_tables();
        const auto found = tables_->find(xml_.prefixed_attribute("id").value_or(""));
        if (found == tables_->end()) return;
        if (!found->second.empty())
            add_table(found->second);
        else
            warn(to_.warnings, where_ + ": a table is named twice; it was read once");
        found->second.clear();
    }

    /// Each part once, however many relationships lead there.
    void find_tables() {
        tables_.emplace();
        std::unordered_set<std::string> parts;
        for (const relationship& link : relationships_of(in_.source, to_.part)) {
            if (link.missing || link.external) continue;
            tables_->emplace(link.id, parts.insert(link.target).second ? link.target : std::string());
        }
    }

    void add_table(const std::string& part) {
        const std::string text = text_of(in_.source, part), where = place_of(in_.source, part);
        xml_reader reader(text, where);
        table one;
        for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
            if (e != xml_reader::event::open) continue;
            if (reader.depth() == 1) {
                one.name = reader.attribute("displayName").value_or(reader.attribute("name").value_or(""));
                const result<range> covered = parse_range(reader.attribute("ref").value_or(""));
                if (!covered) {
                    warn(to_.warnings, where + ": the table's range " + covered.why().message);
                    return;
                }
                one.where = *covered;
                one.has_header = reader.attribute("headerRowCount").value_or("1") != "0";
                one.has_totals = reader.attribute("totalsRowCount").value_or("0") != "0";
            } else if (is_criterion(reader.name())) {
                to_.filters.push_back(one.where);
            } else if (reader.name() == "tableColumn") {
                std::string name = reader.attribute("name").value_or("");
                unescape_xstring(name);
                one.columns.push_back(std::move(name));
            }
        }
        to_.tables.push_back(std::move(one));
    }

    void cells() {
        to_.strings = in_.strings();
        context_ = {to_.strings.get(), xml_.prefix(), where_, in_.from_1904};
        sheet_scanner scan(text_, xml_.end(), xml_.prefix(), where_);
        for (auto e = scan.next(); e != sheet_scanner::event::done; e = scan.next()) {
            if (e == sheet_scanner::event::row)
                row(scan.row());
            else if (e == sheet_scanner::event::cell)
                add(scan.cell());
            if (to_.cells.size() == to_.cells.capacity()) make_room(scan);
        }
        xml_.resume(scan.reached());
    }

    /// For all cells, if the rest of the text is like what was read of it; for a few times as many when it is not.
    void make_room(const sheet_scanner& scan) {
        constexpr std::size_t at_first = 4096, most_times_more = 16;
        const std::size_t count = to_.cells.size(), rest = text_.size() - scan.reached();
        const std::size_t cell_size =
            std::max<std::size_t>((scan.reached() - xml_.end()) / std::max(count, at_first), 1);
        const std::size_t all = count + rest / cell_size + at_first;
        to_.cells.reserve(count < at_first ? at_first : std::min(all, count * most_times_more));
        riskshare::detail::expect_filled(to_.cells.data() + count, (to_.cells.capacity() - count) * sizeof(cell));
    }

    void row(const raw_row& r) {
        const bool hidden = is_set(raw_attribute(r.attributes, "hidden")) || is_zero(raw_attribute(r.attributes, "ht"));
        if (hidden)
            to_.hidden_rows.push_back(r.number);
        else if (to_.rows_hidden_by_default)
            to_.shown_rows.push_back(r.number);
    }

    void add(const raw_cell& raw) {
        const stored_value value = value_of(raw, context_, scratch_);
        if (value.kind == cell_kind::blank && raw.style == 0 && !raw.has_formula) return;
        if (to_.cells.size() == most_cells)
            throw input_refused("workbook.too_many_cells", where_ + ": more than " + std::to_string(most_cells) +
                                                               " cells; too many to hold at once");
        if (!to_.cells.empty() && !(to_.cells.back().at < raw.at)) ordered_ = false;
        index(raw.at, to_.cells.size());
        cell& one = to_.cells.emplace_back();
        one.at = raw.at;
        one.kind = value.kind;
        one.style = raw.style;
        one.text = kept(value.text);
        hold(value.text.size());
        if (!raw.has_formula) return;
        one.has_formula = true;
        std::string missing;
        one.formula = formula_of(raw, missing);
        hold(cost_of_a_formula * one.formula.size());
        if (!missing.empty()) members_.push_back({to_.cells.size() - 1, std::move(missing)});
        if (const auto filled = formula_reader::filled(raw)) to_.filled.push_back(*filled);
    }

    /// A text that lasts: one that was put together in the scratch room is moved out of it.
    std::string_view kept(std::string_view text) {
        const std::less<const char*> before;
        const char *begin = scratch_.data(), *end = begin + scratch_.size();
        if (text.empty() || before(text.data(), begin) || !before(text.data(), end)) return text;
        return to_.made.emplace_back(text);
    }

    std::string_view formula_of(const raw_cell& raw, std::string& missing) {
        const auto usual = [](char c) { return c >= ' ' && c <= '~' && c != '&' && c != '<'; };
        if (raw.formula_attributes.empty() && std::all_of(raw.formula.begin(), raw.formula.end(), usual))
            return raw.formula;
        return to_.made.emplace_back(formulas_.read(raw, &missing));
    }

    void hold(std::size_t more) {
        if ((held_ += more) > most_text_anyway + most_text_by_size * text_.size())
            throw input_refused("workbook.too_much_text", where_ +
                                                              ": its cells share texts or formulas so often that they "
                                                              "do not fit into memory; that is how an attack is built");
    }

    void finish() {
        for (const member& m : members_) {
            cell& one = to_.cells[m.cell];
            const auto formula = formulas_.member(m.shared_index, one.at);
            if (formula)
                hold(cost_of_a_formula * (one.formula = to_.made.emplace_back(*formula)).size());
            else
                warn(to_.warnings, where_ + ": the shared formula of " + to_string(one.at) + " is not in the file");
        }
        if (!ordered_) put_in_order();
        to_.rows.push_back({last_row + 1, to_.cells.size()});
        std::sort(to_.hidden_rows.begin(), to_.hidden_rows.end());
        std::sort(to_.shown_rows.begin(), to_.shown_rows.end());
        join_columns();
    }

    void join_columns() {
        auto& spans = to_.hidden_columns;
        std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::size_t kept = 0;
        for (const sheet::state::column_span next : spans) {
            if (kept > 0 && next.first <= spans[kept - 1].last)
                spans[kept - 1].last = std::max(spans[kept - 1].last, next.last);
            else
                spans[kept++] = next;
        }
        spans.resize(kept);
    }

    void put_in_order() {
        std::stable_sort(to_.cells.begin(), to_.cells.end(), [](const cell& a, const cell& b) { return a.at < b.at; });
        std::vector<cell> kept;
        kept.reserve(to_.cells.size());
        for (cell& one : to_.cells) {
            if (!kept.empty() && kept.back().at == one.at) {
                warn(to_.warnings, where_ + ": cell " + to_string(one.at) + " is stored twice; the later one is read");
                kept.back() = std::move(one);
            } else {
                kept.push_back(std::move(one));
            }
        }
        to_.cells = std::move(kept);
        to_.rows.clear();
        for (std::size_t i = 0; i < to_.cells.size(); ++i) index(to_.cells[i].at, i);
    }

    /// Takes the next cell into the row index and the rectangle used.
    void index(address at, std::size_t cell) {
        if (cell == 0) to_.used = {at, at};
        to_.used.first = {std::min(to_.used.first.row, at.row), std::min(to_.used.first.column, at.column)};
        to_.used.last = {std::max(to_.used.last.row, at.row), std::max(to_.used.last.column, at.column)};
        if (to_.rows.empty() || to_.rows.back().row != at.row) to_.rows.push_back({at.row, cell});
    }

    struct member {
        std::size_t cell = 0;
        std::string shared_index;
    };

    sheet::state& to_;
    const book::state& in_;
    std::string where_;
    std::string_view text_;
    xml_reader xml_;
    cell_context context_;
    formula_reader formulas_{where_};
    std::vector<member> members_;
    std::optional<std::unordered_map<std::string, std::string>> tables_; ///< part by id; empty once it was read
    std::string scratch_;
    std::size_t held_ = 0; ///< characters in the cells
    bool ordered_ = true;
};

} // namespace

void read_sheet(sheet::state& to, const book::state& in) {
    if (to.part.empty()) {
        to.rows.push_back({last_row + 1, 0});
        return;
    }
    sheet_reading(to, in).run();
}

} // namespace detail

const std::string& sheet::name() const noexcept { return state_->name; }
const std::string& sheet::part() const noexcept { return state_->part; }
visibility sheet::shown() const noexcept { return state_->shown; }
std::span<const cell> sheet::cells() const noexcept { return state_->cells; }
range sheet::used() const noexcept { return state_->used; }
const std::vector<range>& sheet::merged() const noexcept { return state_->merged; }
const std::vector<table>& sheet::tables() const noexcept { return state_->tables; }
bool sheet::filtered() const noexcept { return state_->filtered; }
bool sheet::is_protected() const noexcept { return state_->is_protected; }
const std::vector<range>& sheet::array_ranges() const noexcept { return state_->filled; }
const std::vector<std::string>& sheet::warnings() const noexcept { return state_->warnings; }

namespace {

/// Where a number stands in a strictly ascending sequence; `count` when it does not. It stands no further from the
/// first than it is above it, and just before that place where little is left out.
template <class NumberAt>
std::size_t index_of(std::uint32_t number, std::size_t count, NumberAt number_at) {
    if (count == 0 || number < number_at(0)) return count;
    std::size_t last = std::min<std::size_t>(count - 1, number - number_at(0));
    constexpr int near = 8;
    for (int step = 0; step < near; ++step, --last) {
        if (number_at(last) == number) return last;
        if (number_at(last) < number || last == 0) return count;
    }
    std::size_t first = 0, end = last + 1;
    while (first < end) {
        const std::size_t middle = first + (end - first) / 2;
        if (number_at(middle) < number)
            first = middle + 1;
        else
            end = middle;
    }
    return first <= last && number_at(first) == number ? first : count;
}

} // namespace

std::span<const cell> sheet::row(std::uint32_t row) const noexcept {
    const auto& rows = state_->rows;
    const std::size_t count = rows.size() - 1; // the last is past them
    const std::size_t i = index_of(row, count, [&](std::size_t at) { return rows[at].row; });
    if (i == count) return {};
    return {state_->cells.data() + rows[i].first, rows[i + 1].first - rows[i].first};
}

const cell* sheet::find(address at) const noexcept {
    const std::span<const cell> in_row = row(at.row);
    const std::size_t i = index_of(at.column, in_row.size(), [&](std::size_t c) { return in_row[c].at.column; });
    return i == in_row.size() ? nullptr : &in_row[i];
}

bool sheet::row_hidden(std::uint32_t row) const noexcept {
    const auto holds = [row](const std::vector<std::uint32_t>& rows) {
        return std::binary_search(rows.begin(), rows.end(), row);
    };
    return holds(state_->hidden_rows) || (state_->rows_hidden_by_default && !holds(state_->shown_rows));
}

bool sheet::row_filtered(std::uint32_t row) const noexcept {
    return row_hidden(row) && std::any_of(state_->filters.begin(), state_->filters.end(),
                                          [row](const range& f) { return f.first.row < row && row <= f.last.row; });
}

bool sheet::column_hidden(std::uint32_t column) const noexcept {
    const auto& spans = state_->hidden_columns;
    const auto past =
        std::upper_bound(spans.begin(), spans.end(), column,
                         [](std::uint32_t wanted, const state::column_span& c) { return wanted < c.first; });
    return past != spans.begin() && column <= (past - 1)->last;
}

std::string_view sheet::number_format(const cell& c) const noexcept { return state_->styles->number_format(c.style); }
bool sheet::is_date(const cell& c) const noexcept { return state_->styles->is_date(c.style); }

} // namespace riskshare::workbook
