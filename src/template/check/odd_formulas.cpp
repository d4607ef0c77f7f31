// Formulas are compared as they read relative to where they stand. Columns that hold the same formulas in most rows are
// of one kind (the months of a year; the variance of each block), and so are rows; a cell in which one of the kind
// differs, where all the others agree, is odd.
#include "template/check/detectors.hpp"

#include "template/totals/sum_formula.hpp"
#include "workbook/detail/shared_formula.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <unordered_map>

namespace riskshare::templates::detail {

namespace {

using workbook::address;
using workbook::cell;

/// A place far from every edge: a formula moved there keeps all of its relative references.
constexpr address far_from_edges{500'000, 8'000};
constexpr std::size_t longest_formula = 400; ///< longer ones are compared by nobody at a glance

struct formula_here {
    std::uint32_t place; ///< along the line: column of a row, row of a column
    std::size_t kind;    ///< formulas that read the same have one number
    const cell* at;
};
using line_of_formulas = std::vector<formula_here>;

class odd_formulas {
public:
    odd_formulas(const workbook::sheet& s, const provenance& place, workbook::evaluator& evaluate,
                 std::vector<finding>& out)
        : sheet_(s), place_(place), evaluate_(evaluate), out_(out) {}

    void find() {
        std::unordered_map<std::string, std::size_t> kinds;
        for (const cell& c : sheet_.cells()) {
            if (!c.has_formula || c.formula.empty() || c.formula.size() > longest_formula) continue;
            const std::string read = workbook::detail::moved_formula(c.formula, c.at, far_from_edges);
            const std::size_t kind = kinds.emplace(read, kinds.size()).first->second;
            columns_[c.at.column].push_back({c.at.row, kind, &c});
            rows_[c.at.row].push_back({c.at.column, kind, &c});
        }
        compare(columns_, 4);
        compare(rows_, 3);
    }

private:
    using lines = std::map<std::uint32_t, line_of_formulas>;

    struct alike {
        std::size_t same = 0, both = 0;
    };
    static alike compared(const line_of_formulas& a, const line_of_formulas& b) {
        alike out;
        for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
            if (a[i].place < b[j].place)
                ++i;
            else if (b[j].place < a[i].place)
                ++j;
            else
                ++out.both, out.same += a[i++].kind == b[j++].kind;
        }
        return out;
    }

    /// Puts lines that agree at four places of five, and at so many at least, together, and looks at each such group.
    void compare(const lines& all, std::size_t least_same) {
        constexpr std::size_t most_groups = 24; // that a line is compared with: those begun last
        std::vector<std::vector<const lines::value_type*>> groups;
        for (const lines::value_type& line : all) {
            if (line.second.size() < least_same) continue;
            const std::size_t from = groups.size() > most_groups ? groups.size() - most_groups : 0;
            bool placed = false;
            for (std::size_t g = groups.size(); g-- > from && !placed;) {
                const alike a = compared(groups[g].front()->second, line.second);
                placed = a.same >= least_same && a.same * 5 >= a.both * 4;
                if (placed) groups[g].push_back(&line);
            }
            if (!placed) groups.push_back({&line});
        }
        for (const auto& g : groups)
            if (g.size() >= 3) look_at(g);
    }

    /// In a group the places at which all but one, or all but very few, hold the same.
    void look_at(const std::vector<const lines::value_type*>& group) {
        struct tally {
            std::map<std::size_t, std::size_t> kinds; ///< how many hold each
            std::size_t members = 0;
        };
        std::map<std::uint32_t, tally> places;
        for (const auto* line : group)
            for (const formula_here& f : line->second) {
                tally& t = places[f.place];
                ++t.members;
                if (t.kinds.size() < 8 || t.kinds.count(f.kind) != 0) ++t.kinds[f.kind];
            }
        const cell* usual = nullptr;
        for (std::size_t k = 1; k + 1 < group.size(); ++k) // the first and the last of a run often differ, rightly
            for (const formula_here& f : group[k]->second) {
                const tally& t = places[f.place];
                if (t.kinds.size() < 2 || t.members < 4) continue;
                const auto most = std::max_element(t.kinds.begin(), t.kinds.end(),
                                                   [](const auto& a, const auto& b) { return a.second < b.second; });
                const std::size_t odd = t.members - most->second;
                if (most->first == f.kind || odd > std::max<std::size_t>(1, t.members / 20)) continue;
                usual = neighbour(group, k, f.place, most->first);
                if (usual != nullptr) tell(*f.at, *usual);
            }
    }

    /// The nearest line of the group that holds the usual formula there; both next to it must.
    static const cell* neighbour(const std::vector<const lines::value_type*>& group, std::size_t k, std::uint32_t place,
                                 std::size_t kind) {
        const cell* found = nullptr;
        for (std::size_t beside : {k - 1, k + 1}) {
            const line_of_formulas& line = group[beside]->second;
            const auto at = std::lower_bound(line.begin(), line.end(), place,
                                             [](const formula_here& f, std::uint32_t p) { return f.place < p; });
            if (at == line.end() || at->place != place || at->kind != kind) return nullptr;
            found = at->at;
        }
        return found;
    }

    void tell(const cell& odd, const cell& usual) {
        constexpr std::size_t most_told = 25;
        if (told_ >= most_told || std::any_of(out_.begin(), out_.end(), [&](const finding& f) {
                return f.rule == "check.formula_differs" && f.at.front().row() == odd.at.row &&
                       f.at.front().column() == odd.at.column && f.at.front().sheet() == sheet_.name();
            }))
            return;
        const std::string here = workbook::detail::moved_formula(usual.formula, usual.at, odd.at);
        const std::optional<std::string> gives = evaluate_.computed(sheet_.name(), here);
        const bool same = gives && same_number(*gives, std::string(odd.text));
        finding f{"check.formula_differs",
                  same ? severity::note : severity::warning,
                  "the formula =" + std::string(odd.formula) +
                      " differs from those beside it, which would read =" + here + " here" +
                      (same    ? " and give the same today"
                       : gives ? " and give " + *gives + ", not " + std::string(odd.text)
                               : std::string()),
                  {place_.at(odd.at.row, odd.at.column), place_.at(usual.at.row, usual.at.column)}};
        f.advice = "fill the formula along from its neighbours, or say why it differs";
        ++told_;
        out_.push_back(std::move(f));
    }

    static bool same_number(const std::string& a, const std::string& b) {
        if (a == b) return true;
        char *end_a = nullptr, *end_b = nullptr;
        const double x = std::strtod(a.c_str(), &end_a), y = std::strtod(b.c_str(), &end_b);
        return *end_a == '\0' && *end_b == '\0' && !a.empty() && !b.empty() &&
               std::fabs(x - y) <= 1e-9 * std::max(std::fabs(x), std::fabs(y));
    }

    const workbook::sheet& sheet_;
    const provenance& place_;
    workbook::evaluator& evaluate_;
    std::vector<finding>& out_;
    lines columns_, rows_;
    std::size_t told_ = 0;
};

} // namespace

void find_odd_formulas(const workbook::sheet& s, const provenance& place, workbook::evaluator& evaluate,
                       std::vector<finding>& out) {
    odd_formulas(s, place, evaluate, out).find();
}

} // namespace riskshare::templates::detail
