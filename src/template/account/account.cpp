// Puts every cell of a workbook into one state: read, proved, a working, no amount, or left with a reason.
#include <riskshare/template/account.hpp>

#include "template/account/formula_inputs.hpp"
#include "template/account/left_amounts.hpp"
#include "template/account/no_amounts.hpp"
#include "template/account/scheme_cells.hpp"
#include "template/account/sheet_states.hpp"
#include "template/detail/number_table.hpp"
#include "template/detail/stored_amount.hpp"
#include "template/detail/table_check.hpp"

#include <algorithm>
#include <deque>

namespace riskshare::templates {

namespace {

using detail::sheet_states;
using workbook::cell;
using workbook::cell_kind;

class book_account {
public:
    book_account(const workbook::book& book, const what_was_read& read) : book_(book), read_(read) {
        for (const std::string& name : book.sheet_names())
            if (book.part_of(name).find("/worksheets/") != std::string::npos)
                sheets_.emplace_back(book.read(name), book.source().name());
    }

    account of_tables() {
        take_figures();
        for (sheet_states& s : sheets_) take_rows_of_amounts(s);
        set_workings();
        bool proved = false;
        for (sheet_states& s : sheets_)
            if (s.any_read()) proved = prove(s, false) || proved;
        if (proved) set_workings();
        return finished("no table was found");
    }

    account of_relations() {
        for (sheet_states& s : sheets_) prove(s, true);
        return finished("in no total or difference that holds");
    }

private:
    account finished(const char* nothing_found) {
        account out;
        for (sheet_states& s : sheets_) {
            detail::set_no_amounts(s);
            detail::set_left(s, read_.findings, nothing_found, read_.each_cell, out);
            count(s, out);
        }
        out.without_proof = std::move(without_proof_);
        return out;
    }

    sheet_states* sheet_of(const std::string& name) {
        if (last_ != nullptr && last_->source().name() == name) return last_;
        for (sheet_states& s : sheets_)
            if (s.source().name() == name) return last_ = &s;
        return nullptr;
    }

    void take_figures() {
        const auto take = [this](const stated_figure& f) {
            if (!f.at.known() || f.at.row() == 0 || f.at.file() != book_.source().name()) return;
            sheet_states* s = sheet_of(f.at.sheet());
            if (s == nullptr) return;
            const workbook::address at{f.at.row(), f.at.column()};
            const std::optional<std::size_t> i = s->find(at);
            if (!f.at_its_row) {
                if (i) s->read(*i, f.table);
            } else if (i && holds(s->cell(*i), f)) {
                s->read(*i, f.table);
            } else {
                loose_.push_back({s, at, f.table, f.amount});
            }
        };
        for (const stated_figure& f : read_.figures) take(f);
        if (read_.schemes != nullptr) take_schemes(*read_.schemes);
    }

    void take_schemes(const tracker_reading& schemes) {
        detail::each_scheme_cell(schemes, [this](const tracker_table& table, const tracker_column& column,
                                                 const detail::column_slot&, std::uint32_t row, std::size_t) {
            sheet_states* s = sheet_of(table.sheet);
            if (s == nullptr) return;
            const std::optional<std::size_t> i = s->find({row, column.column});
            if (i && (s->cell(*i).kind == cell_kind::number || detail::is_amount(s->cell(*i)))) s->read(*i, "schemes");
        });
    }

    /// Whether the cell's number is the figure's amount, in whichever unit.
    static bool holds(const cell& c, const exact& amount) {
        if (c.kind != cell_kind::number) return false;
        const exact wanted = abs(amount);
        for (unit u : {unit::pounds, unit::thousands, unit::millions, unit::billions})
            if (const result<decimal> n = detail::stored_amount(c.text, u); n && abs(exact(*n, u)) == wanted)
                return true;
        return false;
    }
    static bool holds(const cell& c, const stated_figure& f) { return holds(c, f.amount); }

    /// Figures of which only the row, or in a table turned round the column, is known.
    void take_rows_of_amounts(sheet_states& s) {
        for (const loose_figure& f : loose_) {
            if (f.in != &s) continue;
            bool found = false;
            for (const cell& c : s.source().row(f.at.row))
                if (!found && !s.state(s.index_of(&c)) && holds(c, f.amount)) {
                    s.read(s.index_of(&c), f.table);
                    found = true;
                }
        }
    }

    /// Formulas that work with figures read, directly or through others.
    void set_workings() {
        for (int round = 0; round < most_rounds; ++round) {
            bool more = false;
            for (sheet_states& s : sheets_) more = set_workings(s) || more;
            if (!more) return;
        }
    }

    bool set_workings(sheet_states& s) {
        bool more = false;
        std::map<std::uint32_t, std::string_view> above; // formulas of the workings above, by column
        for (std::size_t i = 0; i < s.size(); ++i) {
            const cell& c = s.cell(i);
            if (!c.has_formula || c.kind != cell_kind::number) continue;
            if (s.state(i)) {
                if (s.state(i) == cell_state::working) above[c.at.column] = c.formula;
                continue;
            }
            const auto same = above.find(c.at.column);
            const bool filled_down =
                same != above.end() && s.reads_row(c.at.row) && detail::same_shape(same->second, c.formula);
            if (!filled_down && !works_with_read(s, c)) continue;
            s.set(i, cell_state::working);
            above[c.at.column] = c.formula;
            more = true;
        }
        return more;
    }

    bool works_with_read(const sheet_states& s, const cell& c) {
        for (const workbook::reference& r : detail::formula_inputs(book_, s.source().name(), std::string(c.formula)))
            if (const sheet_states* in = sheet_of(r.sheet); in != nullptr && in->any_marked(r.cells)) return true;
        return false;
    }

    /// Numbers that totals and differences prove: one at a time from the rest of its relation.
    bool prove(sheet_states& s, bool all) {
        std::size_t numbers = 0, open = 0;
        for (std::size_t i = 0; i < s.size(); ++i)
            if (s.cell(i).kind == cell_kind::number) ++numbers, open += !s.state(i);
        if (open == 0) return false;
        if (numbers > most_numbers) {
            without_proof_.push_back(s.place());
            return false;
        }
        bool proved = false;
        for (const detail::number_table& t : detail::number_tables(s.source(), std::nullopt)) {
            const std::vector<detail::found_relation> relations = detail::relations_of(t).relations;
            for (bool more = true; more;) {
                more = false;
                for (const detail::found_relation& r : relations) more = prove(s, t, r, all) || more;
                proved = proved || more;
            }
        }
        return proved;
    }

    static bool prove(sheet_states& s, const detail::number_table& t, const detail::found_relation& r, bool all) {
        std::vector<std::size_t> open;
        for (const detail::found_relation::term& term : r.terms) {
            const std::optional<detail::amount>& a = t.cells[term.row][term.column];
            if (!a || a->cell == nullptr) continue;
            const std::size_t i = s.index_of(a->cell);
            if (!s.state(i)) open.push_back(i);
        }
        if (open.empty() || (!all && open.size() > 1)) return false;
        if (detail::magnitude(detail::gap_of(t, r)) > detail::slack_of(t, r)) return false;
        for (std::size_t i : open) s.set(i, cell_state::proved);
        return true;
    }

    void count(const sheet_states& s, account& out) const {
        out.tables += s.tables().size();
        bool amounts = false, explained = false;
        for (std::size_t i = 0; i < s.size(); ++i) {
            const std::optional<cell_state> state = s.state(i);
            if (!state) continue; // formatted, and holds nothing
            amounts = amounts || *state != cell_state::no_amount;
            explained = explained || (*state != cell_state::no_amount && *state != cell_state::left);
            ++(*state == cell_state::read        ? out.read
               : *state == cell_state::proved    ? out.proved
               : *state == cell_state::working   ? out.workings
               : *state == cell_state::no_amount ? out.no_amount
                                                 : out.left);
            if (read_.each_cell && *state != cell_state::left)
                out.each.push_back(
                    {s.place().at(s.cell(i).at.row, s.cell(i).at.column), *state, std::string(s.cell(i).text), ""});
        }
        if (amounts && !explained) out.not_recognised.push_back(s.place());
    }

    static constexpr int most_rounds = 20;
    static constexpr std::size_t most_numbers = 20'000;

    struct loose_figure {
        const sheet_states* in;
        workbook::address at;
        std::string table;
        exact amount;
    };
    const workbook::book& book_;
    const what_was_read& read_;
    std::deque<sheet_states> sheets_;
    sheet_states* last_ = nullptr;
    std::vector<loose_figure> loose_;
    std::vector<provenance> without_proof_;
};

} // namespace

account account_of(const workbook::book& book, const what_was_read& read) {
    return book_account(book, read).of_tables();
}

account account_of_relations(const workbook::book& book) {
    const what_was_read read;
    account out = book_account(book, read).of_relations();
    // Whatever adds up is proved from every sheet: each formula without a result is one that nothing could be said of.
    for (left_amount& l : out.left_amounts) l.in_table = l.amount.empty();
    return out;
}

} // namespace riskshare::templates
