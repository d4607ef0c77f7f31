// Reads the figures of a cube, and checks that no two are one and that printed variances are what they say.
#include "template/solve/amounts.hpp"

#include "template/words/units.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates::solve {

namespace {

exact number_of(const cube_cell& c) { return c.money ? c.money->value() : c.count->number(); }
exact step_of(const cube_cell& c) { return c.money ? c.money->step() : c.count->step(); }

class amount_reader {
public:
    amount_reader(const grid& g, const block& b, const block_placing& p, const solving& how, solved_table& t,
                  std::vector<finding>& findings)
        : grid_(g), block_(b), placing_(p), how_(how), table_(t), findings_(findings) {}

    void read(const placed_cells& cells) {
        for (const auto& [at, p] : cells) read_one(at, p);
        if (!without_unit_.empty())
            findings_.push_back({"table.no_unit",
                                 severity::error,
                                 "the table of " + table_.of->name + " names no unit: is it in £, £000 or £m?",
                                 {without_unit_.front()},
                                 "write the unit in the title or the headings, or say it with --unit"});
        if (!without_basis_.empty())
            findings_.push_back({"position.no_months",
                                 severity::error,
                                 "nothing says whether the figures of " + table_.of->name +
                                     " are of the month or to date, so they were not read",
                                 {without_basis_.front()},
                                 "write YTD or Month in the headings or the title"});
        refuse_twice();
        check_variances();
        describe();
    }

private:
    void read_one(workbook::address at, const placing& p) {
        cube_cell c;
        c.where = p.where;
        c.at = grid_.at(at.row, at.column);
        c.body_at = p.body_at;
        settle_kind(c.where);
        if (table_.of->basis_needed && c.where[dimension::basis].empty() && c.where[dimension::month].empty() &&
            c.where[dimension::kind] != "forecast") {
            without_basis_.push_back(c.at);
            return;
        }
        if (p.in == measure::count) {
            const result<cell_figure> f = read_amount(grid_, at.row, at.column, unit::pounds);
            if (!f) {
                findings_.push_back(unread_figure(f.why()));
                return;
            }
            if (!*f) return;
            if ((*f)->unit() != unit::pounds || grid_.text(at.row, at.column).find("£") != std::string::npos) {
                findings_.push_back({"table.not_placed",
                                     severity::error,
                                     "an amount of money stands among numbers of the table of " + table_.of->name,
                                     {c.at},
                                     "write the number alone"});
                return;
            }
            c.count = counted{(*f)->written(), c.at};
        } else {
            const std::optional<unit> u = unit_of(at);
            if (!u) return;
            const result<cell_figure> f = read_amount(grid_, at.row, at.column, *u);
            if (!f) {
                findings_.push_back(unread_figure(f.why()));
                return;
            }
            if (!*f) return;
            c.money = *f;
            unit_ = (*f)->unit();
        }
        add(std::move(c));
    }

    /// What nothing calls plan, actual or forecast is an actual up to the month reported, a forecast after it.
    void settle_kind(coordinates& where) const {
        std::string& kind = where[dimension::kind];
        if (!kind.empty() || !table_.of->kinds) return;
        const std::string& m = where[dimension::month];
        const bool later = how_.reported && !m.empty() && std::stoi(m) > how_.reported->number();
        kind = later ? "forecast" : "actual";
    }

    void add(cube_cell c) {
        if (c.where[dimension::kind] == "variance") {
            variances_.push_back(std::move(c));
            return;
        }
        const auto [known, fresh] = by_place_.try_emplace(c.where, table_.read.cells.size());
        if (!fresh) {
            const cube_cell& there = table_.read.cells[known->second];
            if (number_of(there) == number_of(c)) return;
            if (twice_.empty()) twice_ = in_words(c.where);
            twice_at_.push_back(there.at);
            twice_at_.push_back(c.at);
            return;
        }
        table_.read.cells.push_back(std::move(c));
    }

    /// Neither of two that would be one figure is preferred.
    void refuse_twice() {
        if (twice_.empty()) return;
        constexpr std::size_t most_named = 6;
        std::vector<cube_cell>& cells = table_.read.cells;
        std::erase_if(cells, [&](const cube_cell& c) {
            return std::find(twice_at_.begin(), twice_at_.end(), c.at) != twice_at_.end();
        });
        by_place_.clear();
        for (std::size_t i = 0; i < cells.size(); ++i) by_place_.emplace(cells[i].where, i);
        twice_at_.resize(std::min(twice_at_.size(), most_named));
        findings_.push_back({"table.same_twice", severity::error,
                             "two amounts of the table of " + table_.of->name + " would be the same figure (" + twice_ +
                                 "), and differ; neither was read",
                             twice_at_, "say in a label or a heading what tells them apart"});
    }

    static std::string in_words(const coordinates& where) {
        std::string out;
        for (std::size_t i = 0; i < number_of_dimensions; ++i) {
            const std::string& part = where.at[i];
            if (part.empty()) continue;
            const dimension d = static_cast<dimension>(i);
            out += (out.empty() ? "" : ", ");
            out += part == all_of_them ? "in all" : d == dimension::month ? "M" + part : part;
        }
        return out;
    }

    /// The unit that is said nearest to the amount; two at one place are refused.
    std::optional<unit> unit_of(workbook::address at) {
        std::vector<words::unit_said> said;
        const auto take = [&](const meaning& m, const provenance& where) {
            for (const unit u : m.units)
                if (std::none_of(said.begin(), said.end(), [&](const auto& s) { return s.unit == u; }))
                    said.push_back({u, where});
        };
        for (const near_text& t : placing_.texts_of(at.row, at.column)) take(*t.what, t.at);
        if (said.empty())
            for (const std::uint32_t row : block_.headings)
                for (std::uint32_t c = block_.left; c < block_.columns.front(); ++c)
                    take(how_.meaning_of.of(grid_, row, c), grid_.at(row, c));
        if (said.empty()) said = above();
        if (said.empty()) take(how_.meaning_of.of(grid_.place().sheet()), grid_.place());
        if (said.size() > 1) {
            if (refused_.insert({said[0].unit, said[1].unit}).second)
                findings_.push_back(words::two_units("the table of " + table_.of->name, said));
            return std::nullopt;
        }
        if (!said.empty()) return said.front().unit;
        const result<written_amount> own = read_written(grid_.text(at.row, at.column));
        if (!grid_.is_number(at.row, at.column) && own && own->in) return own->in;
        if (how_.unit_if_none) return how_.unit_if_none;
        without_unit_.push_back(grid_.at(at.row, at.column));
        return std::nullopt;
    }

    const std::vector<words::unit_said>& above() {
        if (!above_) {
            const std::uint32_t first = block_.first_row();
            above_ = first > 1 ? words::units_above(grid_, first - 1, block_.left, block_.right)
                               : std::vector<words::unit_said>();
        }
        return *above_;
    }

    const cube_cell* find(coordinates where, const char* kind) const {
        where[dimension::kind] = kind;
        const auto found = by_place_.find(where);
        return found == by_place_.end() ? nullptr : &table_.read.cells[found->second];
    }

    /// A printed variance is actual less plan or plan less actual, the same way in the whole table.
    void check_variances() {
        bool as_signed = true, turned = true;
        std::vector<const cube_cell*> wrong;
        for (const cube_cell& v : variances_) {
            const cube_cell* plan = find(v.where, "plan");
            const cube_cell* other = find(v.where, "actual");
            if (other == nullptr) other = find(v.where, "forecast");
            if (plan == nullptr || other == nullptr) continue;
            const exact less = number_of(*other) - number_of(*plan), printed = number_of(v);
            const exact slack = (step_of(v) + step_of(*plan) + step_of(*other)) / ratio(2);
            const bool same = abs(printed - less) <= slack, opposite = abs(printed + less) <= slack;
            if (!same && !opposite) wrong.push_back(&v);
            if (abs(less) <= slack || same == opposite) continue;
            (same ? turned : as_signed) = false;
        }
        if (!as_signed && !turned)
            findings_.push_back({"table.variance",
                                 severity::error,
                                 "variances of the table of " + table_.of->name +
                                     " are actual less plan in some lines and plan less actual in others",
                                 {variances_.front().at},
                                 "print every variance the same way round"});
        for (const cube_cell* v : wrong)
            findings_.push_back({"table.variance",
                                 severity::error,
                                 "a variance of the table of " + table_.of->name + " (" + in_words(v->where) +
                                     ") is not the difference of its plan and actual",
                                 {v->at},
                                 "correct the variance, or the figure that it is made from"});
    }

    void describe() {
        std::set<std::string> items;
        std::string said;
        for (const cube_cell& c : table_.read.cells)
            if (items.insert(c.where[dimension::item]).second)
                said += (said.empty() ? "" : ", ") + c.where[dimension::item];
        const workbook::range where = block_.where();
        table_.read_as = table_.of->name + " in " + to_string(grid_.at(where.first.row, where.first.column)) + ":" +
                         grid_.at(where.last.row, where.last.column).cell() +
                         (unit_ ? ", " + to_string(*unit_) : std::string()) + ": " + said + "; " +
                         std::to_string(table_.read.cells.size()) + " amounts";
    }

    const grid& grid_;
    const block& block_;
    const block_placing& placing_;
    const solving& how_;
    solved_table& table_;
    std::vector<finding>& findings_;
    std::map<coordinates, std::size_t> by_place_;
    std::vector<cube_cell> variances_;
    std::optional<unit> unit_;
    std::optional<std::vector<words::unit_said>> above_;
    std::vector<provenance> without_unit_, without_basis_, twice_at_;
    std::string twice_; ///< the first figure that two amounts would be
    std::set<std::pair<unit, unit>> refused_;
};

} // namespace

void read_amounts(const grid& g, const block& b, const block_placing& p, const placed_cells& cells, const solving& how,
                  solved_table& table, std::vector<finding>& findings) {
    amount_reader(g, b, p, how, table, findings).read(cells);
}

} // namespace riskshare::templates::solve
