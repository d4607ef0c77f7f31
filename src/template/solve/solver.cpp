// Chooses the descriptions of each block by how much of it they place, and names what they do not.
#include "template/solve/solver.hpp"

#include "template/solve/amounts.hpp"
#include "template/solve/placing.hpp"

#include <algorithm>
#include <map>

namespace riskshare::templates::solve {

namespace {

constexpr std::size_t most_cells_named = 5;

struct candidate {
    const description* of;
    block_placing placing_of;
};

struct doubt {
    std::string why;
    std::vector<provenance> at;
    bool error = true;
};

class block_solver {
public:
    block_solver(const grid& g, const block& b, const std::string& sheet, const solving& how, solved_sheet& out)
        : grid_(g), block_(b), sheet_(sheet), how_(how), out_(out) {}

    void solve() {
        for (const description& d : descriptions()) {
            block_placing p(grid_, block_, d, how_.meaning_of, sheet_);
            if (!p.speaks_of_subject()) continue;
            if (p.items_named() >= d.least_items || (d.total_alone && p.items_named() == 0))
                candidates_.push_back({&d, std::move(p)});
        }
        if (candidates_.empty()) return;
        cubes_.resize(candidates_.size());
        for (const std::uint32_t row : block_.rows)
            for (const std::uint32_t c : block_.columns)
                if (!grid_.blank(row, c) && holds_amount(grid_, row, c)) place(row, c);
        const bool whole = std::all_of(candidates_.begin(), candidates_.end(), [](const candidate& c) {
            return c.of->whole || c.placing_of.items_named() == 0;
        });
        if (whole && placed_ + aside_ + unclear_ < all_) return;
        if (placed_ == 0 || 2 * (placed_ + aside_ + unclear_) < all_ || !is_believed()) return;
        take();
    }

private:
    /// A table of one amount a body is believed where its columns say what they are.
    bool is_believed() const {
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            if (cubes_[i].empty()) continue;
            if (candidates_[i].placing_of.items_named() > 0) return true;
            for (const auto& [at, p] : cubes_[i])
                if (!p.where[dimension::kind].empty() || !p.where[dimension::month].empty()) return true;
        }
        return false;
    }

    void place(std::uint32_t row, std::uint32_t column) {
        ++all_;
        std::vector<std::size_t> by;
        std::size_t aside = 0;
        std::string why = "nothing says what they are";
        bool unclear = false;
        std::vector<placing> made;
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            made.push_back(candidates_[i].placing_of.of(row, column));
            if (made[i].is == placing::state::placed) by.push_back(i);
            if (made[i].is == placing::state::aside) ++aside;
            if (!made[i].doubt.empty()) why = made[i].doubt;
            unclear = unclear || made[i].is == placing::state::unclear;
        }
        if (by.size() == 1) {
            ++placed_;
            cubes_[by.front()].push_back({{row, column}, std::move(made[by.front()])});
            return;
        }
        if (by.size() > 1) {
            why = "they could be of " + candidates_[by[0]].of->name + " or of " + candidates_[by[1]].of->name;
            unclear = true;
        } else if (aside == candidates_.size()) {
            ++aside_;
            return;
        }
        if (unclear) ++unclear_;
        const bool other = !unclear && std::all_of(candidates_.begin(), candidates_.end(),
                                                   [](const candidate& c) { return c.of->other_lines; });
        const auto known = std::find_if(doubts_.begin(), doubts_.end(), [&](const doubt& d) { return d.why == why; });
        doubt& d = known == doubts_.end() ? doubts_.emplace_back(doubt{why, {}, !other}) : *known;
        d.at.push_back(grid_.at(row, column));
    }

    void take() {
        workbook::range taken = block_.where();
        for (std::size_t i = 0; i < candidates_.size(); ++i)
            if (!cubes_[i].empty())
                taken.first.row = std::min(taken.first.row, candidates_[i].placing_of.first_own_title());
        out_.taken.push_back(taken);
        std::string name;
        for (std::size_t i = 0; i < candidates_.size(); ++i) {
            if (cubes_[i].empty()) continue;
            name += (name.empty() ? "" : " and ") + candidates_[i].of->name;
            solved_table t;
            t.of = candidates_[i].of;
            t.read.at = grid_.at(block_.first_row(), block_.left);
            read_amounts(grid_, block_, candidates_[i].placing_of, cubes_[i], how_, t, out_.findings);
            if (!t.read.cells.empty()) out_.tables.push_back(std::move(t));
        }
        for (doubt& d : doubts_) {
            finding f{"table.not_placed", d.error ? severity::error : severity::warning,
                      std::to_string(d.at.size()) + (d.at.size() == 1 ? " amount" : " amounts") + " of the table of " +
                          name + (d.at.size() == 1 ? " was" : " were") + " not read: " + d.why};
            d.at.resize(std::min(d.at.size(), most_cells_named));
            f.at = std::move(d.at);
            f.advice = "say in the row's label or the column's heading what they are";
            out_.findings.push_back(std::move(f));
        }
    }

    const grid& grid_;
    const block& block_;
    const std::string& sheet_;
    const solving& how_;
    solved_sheet& out_;
    std::vector<candidate> candidates_;
    std::vector<placed_cells> cubes_; ///< one for each candidate
    std::vector<doubt> doubts_;
    std::size_t all_ = 0, placed_ = 0, aside_ = 0, unclear_ = 0;
};

} // namespace

solved_sheet solve(const grid& g, const std::string& sheet, const solving& how) {
    solved_sheet out;
    for (const block& b : blocks_of(g)) block_solver(g, b, sheet, how, out).solve();
    return out;
}

} // namespace riskshare::templates::solve
