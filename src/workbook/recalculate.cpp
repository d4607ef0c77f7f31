// Works out what depends on changed cells, each formula after those that it reads.
#include <riskshare/workbook/recalculate.hpp>

#include "workbook/detail/data_table.hpp"
#include "workbook/detail/formula_graph.hpp"

#include <algorithm>
#include <map>

namespace riskshare::workbook {
namespace {

using namespace detail;
using state = sheet_view::result;

constexpr std::size_t most_cells = 400'000'000;

/// Formulas that are still to be worked out, by where they stand; found without a look at those that are done.
class waiting_list {
public:
    void add(const range& fills, std::uint32_t node) {
        for (std::uint32_t column = fills.first.column; column <= fills.last.column; ++column)
            for (std::uint32_t row = fills.first.row; row <= fills.last.row; ++row) by_column_[column][row] = node;
    }
    void remove(const range& fills) {
        for (std::uint32_t column = fills.first.column; column <= fills.last.column; ++column) {
            const auto found = by_column_.find(column);
            if (found == by_column_.end()) continue;
            found->second.erase(found->second.lower_bound(fills.first.row), found->second.upper_bound(fills.last.row));
        }
    }
    template <class Visit>
    void each_in(const range& where, Visit visit) const {
        for (auto column = by_column_.lower_bound(where.first.column);
             column != by_column_.end() && column->first <= where.last.column; ++column)
            for (auto row = column->second.lower_bound(where.first.row);
                 row != column->second.end() && row->first <= where.last.row; ++row)
                visit(row->second);
    }

private:
    std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>> by_column_;
};

class recalculator {
public:
    explicit recalculator(const book& from) : from_(from), work_(from), graph_(from, work_) {
        work_.read.cells_left = most_cells;
        progress_.resize(graph_.nodes.size());
        waiting_.resize(graph_.sheets.size());
    }

    recalculation after(const std::vector<cell_place>& changed) {
        run(changed);
        return told();
    }

    recalculation of_missing() {
        missing_ = true;
        run({});
        return told();
    }

private:
    enum class progress : std::uint8_t { untouched, marked, open, done };

    void run(const std::vector<cell_place>& changed) {
        changed_ = changed;
        if (missing_) mark_missing();
        for (const cell_place& c : changed) {
            note_input(c);
            formula_graph::of_sheet* s = graph_.find(c.sheet);
            if (s == nullptr) continue;
            spread(*s, {c.at, c.at});
            const sheet_view* view = s->view;
            const cell* held = view == nullptr ? nullptr : view->cells.find(c.at);
            if (held != nullptr && held->has_formula)
                mark(s->by_cell.at(static_cast<std::uint32_t>(view->index(*held))));
        }
        spread_all();
        work_out_all();
        follow_moving();
    }

    void mark_missing() {
        for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
            const cell& c = graph_.cell_of(graph_.nodes[i]);
            if (c.kind == cell_kind::blank && !c.formula.empty()) mark(i);
        }
        to_spread_.at = to_spread_.all.size(); // what is stored for their readers stays
    }

    void mark(std::uint32_t node) {
        if (progress_[node] == progress::marked) return;
        const formula_node& n = graph_.nodes[node];
        if (progress_[node] == progress::untouched) marked_.push_back(node);
        progress_[node] = progress::marked;
        unknown_.erase(node);
        waiting_[n.sheet].add(n.fills, node);
        each_stored(n, [&](sheet_view& view, std::size_t i) { view.states[i] = state::pending; });
        to_spread_.push_back(node);
    }

    /// So that a formula whose reads move is known to have met it.
    void note_input(const cell_place& c) {
        if (std::none_of(graph_.nodes.begin(), graph_.nodes.end(), [](const formula_node& n) { return n.moves; }))
            return;
        sheet_view& view = work_.view_of(c.sheet);
        if (view.states.empty()) view.states.resize(view.cells.cells().size());
        const cell* held = view.cells.find(c.at);
        if (held != nullptr && view.states[view.index(*held)] == state::stored)
            view.states[view.index(*held)] = state::changed;
    }

    void spread(formula_graph::of_sheet& s, const range& from) {
        s.readers.take_touching(from, [&](std::uint32_t reader) { mark(reader); });
    }

    void spread_all() {
        for (; !to_spread_.empty(); to_spread_.pop_front()) {
            const formula_node n = graph_.nodes[to_spread_.front()];
            spread(graph_.sheets[n.sheet], n.fills);
        }
    }

    template <class Visit>
    void each_stored(const formula_node& n, Visit visit) {
        sheet_view& view = *graph_.sheets[n.sheet].view;
        if (view.states.empty()) view.states.resize(view.cells.cells().size());
        if (n.fills.first == n.fills.last) return visit(view, n.cell);
        for (std::uint32_t row = n.fills.first.row; row <= n.fills.last.row; ++row)
            for (const cell& c : view.cells.row(row))
                if (n.fills.contains(c.at)) visit(view, view.index(c));
    }

    void work_out_all() {
        for (std::size_t i = 0; i < marked_.size(); ++i)
            if (progress_[marked_[i]] == progress::marked) work_out(marked_[i]);
    }

    /// A stack of its own: chains are as long as sheets are.
    void work_out(std::uint32_t first) {
        std::vector<std::uint32_t> stack{first};
        while (!stack.empty()) {
            const std::uint32_t node = stack.back();
            if (progress_[node] == progress::done) {
                stack.pop_back();
                continue;
            }
            if (progress_[node] == progress::marked) {
                progress_[node] = progress::open;
                push_inputs(node, stack);
                continue;
            }
            try {
                evaluate(node);
                stack.pop_back();
            } catch (const needs_first& n) {
                const std::uint32_t other = node_at(n);
                if (progress_[other] == progress::open)
                    end(node, "it depends on itself: " + circle(stack, other));
                else
                    stack.push_back(other);
            }
        }
    }

    void push_inputs(std::uint32_t node, std::vector<std::uint32_t>& stack) {
        for (const auto& [sheet, cells] : graph_.reads_of(graph_.nodes[node]).ranges) {
            const formula_graph::of_sheet* s = graph_.find(sheet);
            if (s == nullptr) continue;
            waiting_[static_cast<std::size_t>(s - graph_.sheets.data())].each_in(cells, [&](std::uint32_t other) {
                if (progress_[other] == progress::marked) stack.push_back(other);
            });
        }
    }

    std::uint32_t node_at(const needs_first& n) {
        formula_graph::of_sheet& s = *graph_.find(n.in->cells.name());
        const auto direct = s.by_cell.find(static_cast<std::uint32_t>(n.cell));
        if (direct != s.by_cell.end()) return direct->second;
        const address at = n.in->cells.cells()[n.cell].at;
        std::uint32_t found = 0;
        waiting_[static_cast<std::size_t>(&s - graph_.sheets.data())].each_in({at, at},
                                                                              [&](std::uint32_t i) { found = i; });
        return found;
    }

    std::string name_of(std::uint32_t node) const {
        const formula_node& n = graph_.nodes[node];
        return "'" + graph_.sheets[n.sheet].name + "'!" + to_string(n.fills.first);
    }

    std::string circle(const std::vector<std::uint32_t>& stack, std::uint32_t from) const {
        std::string out;
        constexpr int most = 8;
        int count = 0;
        const auto begin = std::find(stack.begin(), stack.end(), from);
        for (auto it = begin; it != stack.end(); ++it)
            if (progress_[*it] == progress::open && ++count <= most) out += (out.empty() ? "" : ", ") + name_of(*it);
        return count > most ? out + " and others" : out;
    }

    void evaluate(std::uint32_t node) {
        const formula_node& n = graph_.nodes[node];
        const cell& c = graph_.cell_of(n);
        if (c.formula.empty()) return end(node, "a formula that the file does not give");
        if (n.array && data_table_of(c.formula)) {
            const std::optional<value> v = of_data_table(n, *data_table_of(c.formula));
            return v ? keep(node, *v) : end(node, "a data table");
        }
        const result<formula> parsed = parse_with_tables(c.formula);
        if (!parsed) {
            const std::string& message = parsed.why().message;
            return end(node, message.substr(std::min(message.size(), message.rfind(": ") + 2)));
        }
        const std::optional<value> v = work_.whole(graph_.sheets[n.sheet].name, *parsed, c.at, n.array);
        if (!v) return end(node, work_.why.empty() ? std::string("values that are not evaluated here") : work_.why);
        if (v->kind == value::what::array && !fits(n, *v->items))
            return end(node, "an array that does not fill " + to_string(n.fills));
        keep(node, *v);
    }

    /// Each of its cells is the whole workbook worked out for other inputs.
    std::optional<value> of_data_table(const formula_node& n, const data_table& table) {
        constexpr std::size_t most_formulas = 2'000'000;
        matrix m(n.fills.last.row - n.fills.first.row + 1, n.fills.last.column - n.fills.first.column + 1);
        if (within_table_ || edges_of(n.fills).empty() || m.all.size() * graph_.nodes.size() > most_formulas)
            return std::nullopt;
        try {
            for (std::uint32_t i = 0; i < m.rows; ++i)
                for (std::uint32_t j = 0; j < m.columns; ++j)
                    m.at(i, j) = assuming(graph_.sheets[n.sheet].name,
                                          table.of(n.fills, {n.fills.first.row + i, n.fills.first.column + j}));
        } catch (const not_evaluated&) {
            return std::nullopt;
        }
        return value::of(std::move(m));
    }

    value assuming(const std::string& sheet, const data_table::place& p) {
        recalculator inner(from_);
        inner.within_table_ = true;
        inner.missing_ = missing_;
        std::vector<cell_place> changed = changed_;
        for (const auto& [input, from] : p.inputs) {
            inner.assume(sheet, input, value_in(sheet, from));
            changed.push_back({sheet, input});
        }
        inner.run(changed);
        return inner.value_in(sheet, p.formula);
    }

    value value_in(const std::string& sheet, address at) {
        return value_at(area{&work_.view_of(sheet), {at, at}}, 0, 0, work_.read);
    }

    /// Lets a typed cell hold another value.
    void assume(const std::string& sheet, address at, value v) {
        sheet_view& view = work_.view_of(sheet);
        const cell* held = view.cells.find(at);
        if (held == nullptr || held->has_formula) throw not_evaluated{"a data table"};
        if (view.states.empty()) view.states.resize(view.cells.cells().size());
        view.states[view.index(*held)] = state::known;
        view.results[view.index(*held)] = std::move(v);
    }

    /// Results of a dynamic array spill over as many cells as there are; those of an older one fill what is there.
    bool fits(const formula_node& n, const matrix& m) const {
        const std::uint32_t rows = n.fills.last.row - n.fills.first.row + 1;
        const std::uint32_t columns = n.fills.last.column - n.fills.first.column + 1;
        return (m.rows == rows && m.columns == columns) || !from_.source().has("xl/metadata.xml");
    }

    void keep(std::uint32_t node, const value& v) {
        const formula_node& n = graph_.nodes[node];
        each_stored(n, [&](sheet_view& view, std::size_t i) {
            const address at = view.cells.cells()[i].at;
            view.results[i] = v.kind == value::what::array
                                  ? item(*v.items, at.row - n.fills.first.row, at.column - n.fills.first.column)
                                  : v;
            view.states[i] = state::known;
        });
        finish(node);
    }

    static value item(const matrix& m, std::uint32_t row, std::uint32_t column) {
        const std::uint32_t i = m.rows == 1 ? 0 : row, j = m.columns == 1 ? 0 : column;
        if (i >= m.rows || j >= m.columns) return value::error("#N/A");
        return m.at(i, j).kind == value::what::blank ? value::of(0.0) : m.at(i, j);
    }

    void end(std::uint32_t node, std::string why) {
        each_stored(graph_.nodes[node], [&](sheet_view& view, std::size_t i) { view.states[i] = state::unknown; });
        unknown_[node] = std::move(why);
        finish(node);
    }

    void finish(std::uint32_t node) {
        progress_[node] = progress::done;
        waiting_[graph_.nodes[node].sheet].remove(graph_.nodes[node].fills);
    }

    /// OFFSET and INDIRECT say only when they are worked out what they read. Each that read something new is marked
    /// with all that reads it, until none is left.
    void follow_moving() {
        constexpr int most_rounds = 20;
        for (int round = 0; round < most_rounds; ++round) {
            bool any = false;
            work_.read.indices.clear();
            for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
                if (!graph_.nodes[i].moves || progress_[i] != progress::untouched || !reads_new(i)) continue;
                any = true;
                for (formula_graph::of_sheet& s : graph_.sheets) s.readers.restore();
                mark(i);
                spread_all();
            }
            if (!any) return;
            work_out_all();
        }
    }

    bool reads_new(std::uint32_t node) {
        const formula_node& n = graph_.nodes[node];
        const cell& c = graph_.cell_of(n);
        const result<formula> parsed = parse_with_tables(c.formula);
        if (!parsed) return false;
        try {
            (void)work_.whole(graph_.sheets[n.sheet].name, *parsed, c.at, n.array);
        } catch (const needs_first&) {
            return true;
        }
        return work_.read.met_new;
    }

    recalculation told() {
        recalculation out;
        out.dependants = marked_.size();
        std::map<std::string, std::size_t> order;
        for (std::size_t i = 0; i < from_.sheet_names().size(); ++i) order.emplace(from_.sheet_names()[i], i);
        for (const std::uint32_t node : marked_) {
            const formula_node& n = graph_.nodes[node];
            const std::string& sheet = graph_.sheets[n.sheet].name;
            if (const auto found = unknown_.find(node); found != unknown_.end()) {
                each_stored(n, [&](sheet_view& view, std::size_t i) {
                    const cell& c = view.cells.cells()[i];
                    if (i == n.cell || c.kind != cell_kind::blank)
                        out.unknowns.push_back({{sheet, c.at}, std::string(c.text), found->second});
                });
                continue;
            }
            each_stored(n, [&](sheet_view& view, std::size_t i) {
                const cell& c = view.cells.cells()[i];
                const value& v = view.results.at(i);
                const bool missing = c.kind == cell_kind::blank && c.has_formula;
                if (!missing && same(c, v)) return;
                out.results.push_back({{sheet, c.at}, kind_of(v), std::string(c.text), cell_text(v)});
            });
        }
        const auto before = [&](const auto& a, const auto& b) {
            const std::size_t x = order.at(a.where.sheet), y = order.at(b.where.sheet);
            return x != y ? x < y : a.where.at < b.where.at;
        };
        std::sort(out.results.begin(), out.results.end(), before);
        std::sort(out.unknowns.begin(), out.unknowns.end(), before);
        return out;
    }

    /// The same number to the fifteenth digit: spreadsheets add up in orders of their own.
    static bool same(const cell& c, const value& v) {
        if (c.kind != kind_of(v)) return false;
        if (c.kind != cell_kind::number) return cell_text(v) == c.text;
        try {
            const value stored = value::of(number_of_text(c.text));
            return compared(stored, v) == 0;
        } catch (const not_evaluated&) {
            return false;
        }
    }

    struct queue {
        std::vector<std::uint32_t> all;
        std::size_t at = 0;
        bool empty() const { return at == all.size(); }
        std::uint32_t front() const { return all[at]; }
        void push_back(std::uint32_t n) { all.push_back(n); }
        void pop_front() { ++at; }
    };

    const book& from_;
    evaluation work_;
    formula_graph graph_;
    std::vector<progress> progress_;
    std::vector<waiting_list> waiting_;
    std::vector<std::uint32_t> marked_;
    queue to_spread_;
    std::map<std::uint32_t, std::string> unknown_;
    std::vector<cell_place> changed_;
    bool missing_ = false, within_table_ = false;
};

} // namespace

recalculation recalculated(const book& from, const std::vector<cell_place>& changed) {
    return recalculator(from).after(changed);
}

recalculation missing_results(const book& from) { return recalculator(from).of_missing(); }

} // namespace riskshare::workbook
