// Which lines a total adds up is decided by its label, its formulas and its figures: the run of lines above it whose
// sums agree with most of its figures.
#include "template/detail/number_table.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

/// A table read down its rows, or (turned) along its columns.
class view {
public:
    view(const number_table& t, bool turned) : table_(t), turned_(turned) {}
    const std::vector<line>& lines() const { return turned_ ? table_.columns : table_.rows; }
    const std::vector<line>& places() const { return turned_ ? table_.rows : table_.columns; }
    const std::optional<amount>& at(std::size_t line, std::size_t place) const {
        return turned_ ? table_.cells[place][line] : table_.cells[line][place];
    }
    found_relation::term term(std::size_t line, std::size_t place, int weight) const {
        return turned_ ? found_relation::term{place, line, weight} : found_relation::term{line, place, weight};
    }
    bool turned() const { return turned_; }
    unit unit_of(std::size_t line) const { return turned_ ? table_.units[line] : unit::pounds; }

private:
    const number_table& table_;
    bool turned_;
};

bool says_sub_total(const std::string& label) {
    const std::string t = riskshare::detail::folded(label);
    return t.find("sub") != std::string::npos;
}

class sum_finder {
public:
    sum_finder(const view& v, std::vector<found_relation>& out) : view_(v), out_(out) {
        // Enough places to see by; the relation then holds for all of them.
        const std::size_t all = v.places().size(), most = 400;
        for (std::size_t p = 0; p < all; p += std::max<std::size_t>(1, all / most)) sample_.push_back(p);
    }

    void find() {
        const bool small = view_.lines().size() <= 300;
        for (std::size_t i = 0; i < view_.lines().size(); ++i) {
            const line& l = view_.lines()[i];
            if (l.skipped) continue;
            if (l.total || has_sum_formula(i)) {
                labelled(i);
            } else if (small && unlabelled(i)) {
            } else {
                stack_.push_back(i);
            }
        }
    }

private:
    struct fit_of {
        std::size_t fits = 0, telling = 0, checked = 0;
    };

    bool has_sum_formula(std::size_t i) const {
        for (std::size_t p : sample_) {
            const std::optional<amount>& a = view_.at(i, p);
            if (!a || !a->cell->has_formula) continue;
            const std::string f = riskshare::detail::folded(a->cell->formula);
            if (f.rfind("sum(", 0) != 0 && f.rfind("subtotal(", 0) != 0) return false;
            // A sum along the other direction says nothing about this one.
            const std::size_t open = f.find('('), colon = f.find(':');
            if (colon == std::string::npos) return false;
            const result<workbook::address> from = workbook::parse_address(f.substr(open + 1, colon - open - 1));
            const result<workbook::address> to =
                workbook::parse_address(f.substr(colon + 1, f.find_first_of(",)", colon) - colon - 1));
            if (!from || !to) return false;
            return view_.turned()
                       ? from->row == to->row && from->row == a->cell->at.row && from->column != to->column
                       : from->column == to->column && from->column == a->cell->at.column && from->row != to->row;
        }
        return false;
    }

    bool usable(std::size_t place) const { return !view_.places()[place].skipped; }

    /// How well a line is the sum of the last k lines of the stack, for every k at once.
    std::vector<fit_of> fits(std::size_t i) const {
        std::vector<fit_of> out(stack_.size() + 1);
        const std::size_t most = std::min(stack_.size(), i);
        for (std::size_t p : sample_) {
            const std::optional<amount>& total = view_.at(i, p);
            if (!total || !usable(p)) continue;
            wide sum = 0, slack = total->half_step;
            for (std::size_t k = 1; k <= most; ++k) {
                const std::size_t l = stack_[stack_.size() - k];
                if (const std::optional<amount>& a = view_.at(l, p)) {
                    sum += a->micro;
                    slack += a->half_step;
                }
                ++out[k].checked;
                if (magnitude(sum - total->micro) > slack) continue;
                ++out[k].fits;
                if (magnitude(total->micro) > 20 * slack) ++out[k].telling;
            }
        }
        return out;
    }

    void labelled(std::size_t i) {
        const std::vector<fit_of> fit = fits(i);
        std::size_t best = 0;
        for (std::size_t k = 1; k < fit.size(); ++k) {
            if (k == 1 && stack_.size() > 1) continue;
            const bool more = fit[k].telling > fit[best].telling ||
                              (fit[k].telling == fit[best].telling && fit[k].fits > fit[best].fits);
            const bool as_many = fit[k].telling == fit[best].telling && fit[k].fits == fit[best].fits;
            if (more || (as_many && fit[k].telling > 0)) best = k;
        }
        if (best > 0 && fit[best].fits > 0 && (fit[best].telling > 0 || fit[best].fits == fit[best].checked)) {
            // Most of a total's figures must agree, or what it adds up is not known.
            if (fit[best].fits * 5 >= fit[best].checked * 2) return consume(i, best);
        }
        const std::size_t guess = usual(i);
        if (guess >= 2 && plausible(i, guess)) return consume(i, guess);
        stack_.push_back(i);
    }

    /// What a total usually adds up: a sub-total the lines since the last one, any other total all that is left.
    std::size_t usual(std::size_t i) const {
        if (!says_sub_total(view_.lines()[i].label)) return stack_.size();
        std::size_t k = 0;
        while (k < stack_.size() && !view_.lines()[stack_[stack_.size() - 1 - k]].total) ++k;
        return k;
    }

    /// Whether figures that do not add up are still like those of a total: of the same order and sign.
    bool plausible(std::size_t i, std::size_t k) const {
        if (view_.turned() && !view_.lines()[i].total) return false;
        std::size_t like = 0, checked = 0;
        for (std::size_t p : sample_) {
            const std::optional<amount>& total = view_.at(i, p);
            if (!total || !usable(p)) continue;
            wide sum = 0, gross = 0;
            for (std::size_t n = 1; n <= k; ++n)
                if (const std::optional<amount>& a = view_.at(stack_[stack_.size() - n], p)) {
                    sum += a->micro;
                    gross += magnitude(a->micro);
                }
            if (gross == 0 && total->micro == 0) continue;
            ++checked;
            const wide gap = magnitude(sum - total->micro);
            like += gap <= gross / 2 || magnitude(total->micro) >= 400 * gross || 3 * gap <= 4 * gross;
        }
        return checked > 0 && like * 2 > checked;
    }

    bool unlabelled(std::size_t i) {
        const std::vector<fit_of> fit = fits(i);
        std::size_t best = 0;
        for (std::size_t k = 2; k < fit.size(); ++k)
            if (fit[k].telling > fit[best].telling) best = k;
        if (best < 2) return false;
        const fit_of& f = fit[best];
        const std::size_t needed = view_.turned() ? 3 : 2;
        if (f.telling < needed || f.fits * 3 < f.checked * 2) return false;
        consume(i, best);
        return true;
    }

    void consume(std::size_t i, std::size_t k) {
        const std::vector<std::size_t> parts(stack_.end() - static_cast<std::ptrdiff_t>(k), stack_.end());
        for (std::size_t p = 0; p < view_.places().size(); ++p) {
            if (!view_.at(i, p) || !usable(p)) continue;
            found_relation r;
            r.down = !view_.turned();
            r.name = name_of(i, p);
            r.terms.push_back(view_.term(i, p, -1));
            for (std::size_t l : parts)
                if (view_.at(l, p)) r.terms.push_back(view_.term(l, p, 1));
            if (r.terms.size() > 1) out_.push_back(std::move(r));
        }
        stack_.resize(stack_.size() - k);
        stack_.push_back(i);
    }

    std::string name_of(std::size_t i, std::size_t p) const {
        const std::string &total = view_.lines()[i].label, &place = view_.places()[p].label;
        if (place.empty()) return total;
        return total.empty() ? place : total + ", " + place;
    }

    const view& view_;
    std::vector<found_relation>& out_;
    std::vector<std::size_t> sample_;
    std::vector<std::size_t> stack_;
};

/// variance = actual − plan, of two columns to its left.
void find_variances(const number_table& t, std::vector<found_relation>& out) {
    for (std::size_t v = 2; v < t.columns.size(); ++v) {
        const std::string heading = riskshare::detail::folded(t.columns[v].label);
        if (heading.find("variance") == std::string::npos || t.columns[v].skipped) continue;
        const std::size_t step = std::max<std::size_t>(1, t.rows.size() / 400);
        std::size_t best = 0, best_a = 0, best_b = 0, checked = 0;
        for (std::size_t a = v; a-- > 0;)
            for (std::size_t b = v; b-- > 0;) {
                if (a == b || v - std::min(a, b) > 4 || t.columns[a].skipped || t.columns[b].skipped) continue;
                std::size_t fits = 0;
                checked = 0;
                for (std::size_t i = 0; i < t.rows.size(); i += step) {
                    const auto &x = t.cells[i][a], &y = t.cells[i][b], &z = t.cells[i][v];
                    if (!x || !y || !z) continue;
                    ++checked;
                    const wide gap = wide(x->micro) - y->micro - z->micro;
                    fits += z->micro != 0 && magnitude(gap) <= wide(x->half_step) + y->half_step + z->half_step;
                }
                if (fits > best) best = fits, best_a = a, best_b = b;
            }
        if (best == 0 || best * 2 < checked) continue;
        for (std::size_t i = 0; i < t.rows.size(); ++i) {
            if (!t.cells[i][v] || !t.cells[i][best_a] || !t.cells[i][best_b]) continue;
            found_relation r;
            r.down = false;
            r.name = t.rows[i].label + ", " + t.columns[v].label;
            r.terms = {{i, v, -1}, {i, best_a, 1}, {i, best_b, -1}};
            out.push_back(std::move(r));
        }
    }
}

} // namespace

std::vector<found_relation> relations_of(const number_table& t) {
    std::vector<found_relation> out;
    const view down(t, false), across(t, true);
    if (t.rows.size() > 1) sum_finder(down, out).find();
    bool one_unit = true;
    for (unit u : t.units) one_unit = one_unit && u == t.units.front();
    if (t.columns.size() > 2 && one_unit) sum_finder(across, out).find();
    find_variances(t, out);
    return out;
}

} // namespace riskshare::templates::detail
