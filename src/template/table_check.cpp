// The sums of one table, proved: they agree, rounding explains them, or a real difference is told.
#include "template/detail/table_check.hpp"

#include "template/check/detectors.hpp"
#include "template/totals/sum_formula.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace riskshare::templates::detail {

namespace {

/// Where more faults than these are found, or more sums than those do not hold, the table is told about as a whole.
constexpr std::size_t most_told = 25, most_diagnosed = 120;
/// Beyond so many, only the relations that do not hold as printed are proved together.
constexpr std::size_t most_joint = 250;

class table_checker {
public:
    table_checker(const number_table& t, const workbook::sheet& in, provenance sheet, const known_faults& known,
                  const check_options& options, check_result& out)
        : table_(t), in_(in), sheet_(std::move(sheet)), known_(known), options_(options), out_(out),
          found_(relations_of(t)), relations_(found_.relations) {}

    void check() {
        std::vector<std::size_t> open, broken, shown;
        for (std::size_t r = 0; r < relations_.size(); ++r) {
            if (beyond_rounding(relations_[r]) && computed_otherwise(relations_[r])) {
                left_out_.insert(r);
            } else if (beyond_rounding(relations_[r]) && adds_unknown_totals(relations_[r])) {
                left_out_.insert(r);
            } else if (gap(relations_[r]) != 0 && told_already(relations_[r])) {
                ++out_.counts.real;
                left_out_.insert(r);
            } else if (beyond_rounding(relations_[r]) && magnitude(gap(relations_[r])) <= shown_slack(relations_[r])) {
                count_rounding(r, gap(relations_[r])); // the digits that the formats hide make it up
                left_out_.insert(r);
            } else if (gap(relations_[r]) != 0) {
                (beyond_rounding(relations_[r]) ? broken : open).push_back(r);
            } else if (shown_gap(relations_[r]) != 0) {
                count_rounding(r, shown_gap(relations_[r]));
                shown.push_back(r);
            } else {
                ++out_.counts.agrees;
            }
        }
        tell_of_doubtful();
        tell_of_unknown();
        if (options_.explain && !shown.empty()) explain_by_stored_figures(shown);
        leave_out_inherited(broken);
        if (broken.size() > most_diagnosed) {
            for (std::size_t r : open) count_rounding(r, gap(relations_[r]));
            out_.counts.real += broken.size();
            tell_in_one(broken);
        } else if (!open.empty() || !broken.empty()) {
            prove(std::move(open), broken);
        }
    }

    const std::vector<found_relation>& relations() const { return relations_; }
    std::size_t not_looked_at() const { return found_.not_looked_at; }

private:
    const amount& at(const found_relation::term& t) const { return *table_.cells[t.row][t.column]; }

    static std::int64_t narrowed(wide v) {
        return v > INT64_MAX ? INT64_MAX : v < -INT64_MAX ? -INT64_MAX : static_cast<std::int64_t>(v);
    }
    wide shown_slack(const found_relation& r) const {
        wide sum = 0;
        for (const auto& t : r.terms) sum += at(t).shown_half;
        return sum;
    }

    /// Whether it adds up a total of which some part is a text: that total may hold what is not given.
    bool adds_unknown_totals(const found_relation& r) const {
        return std::any_of(r.terms.begin() + 1, r.terms.end(), [&](const found_relation::term& t) {
            return std::any_of(found_.unknown.begin(), found_.unknown.end(),
                               [&](const unknown_sum& u) { return u.row == t.row && u.column == t.column; });
        });
    }

    /// A typed line called a total that no lines add up to, place by place.
    void tell_of_doubtful() {
        std::size_t told = 0;
        for (const doubtful_total& d : found_.doubtful)
            for (std::size_t p = 0; p < (d.down ? table_.columns : table_.rows).size() && told < most_told; ++p) {
                const auto cell = [&](std::size_t l) -> const std::optional<amount>& {
                    return d.down ? table_.cells[l][p] : table_.cells[p][l];
                };
                const std::optional<amount>& total = cell(d.line);
                if (!total || (d.down ? table_.columns : table_.rows)[p].doubtful) continue;
                wide sum = 0, slack = total->shown_half;
                for (std::size_t l : d.parts)
                    if (cell(l)) sum += cell(l)->micro, slack += cell(l)->shown_half;
                if (magnitude(sum - total->micro) <= slack) continue;
                ++told;
                const unit u = table_.units[d.down ? p : d.line];
                const found_relation::term place_of{d.down ? d.line : p, d.down ? p : d.line, -1};
                finding f{"check.total_fits_nothing", severity::warning, "", {place(place_of)}};
                f.found = pounds(total->micro, u);
                f.expected = pounds(narrowed(sum), u);
                f.difference = *f.found - *f.expected;
                f.message = "\"" + name_of(place_of) + "\" is " + accounting(*f.found, u, shown_places(*total)) +
                            "; the " + std::to_string(d.parts.size()) + " lines add up to " +
                            accounting(*f.expected, u, shown_places(*total)) + ", and no run of them gives it";
                f.advice = "say what the total adds up, or correct it";
                f.verdict = verdict::real;
                ++out_.counts.real;
                out_.findings.push_back(std::move(f));
            }
    }
    static int shown_places(const amount& a) { return std::min(a.places, 3); }

    /// Sums of which a part is a text: nothing is claimed of them, and that is said.
    void tell_of_unknown() {
        if (found_.unknown.empty()) return;
        const unknown_sum& first = found_.unknown.front();
        const workbook::cell* text =
            in_.find({table_.rows[first.text_row].number, table_.columns[first.text_column].number});
        const std::string said = text == nullptr ? "" : riskshare::detail::plain(text->text);
        const bool digits = std::any_of(said.begin(), said.end(), riskshare::detail::is_digit);
        const std::size_t others = found_.unknown.size() - 1;
        finding f{"check.not_checkable",
                  digits ? severity::warning : severity::note,
                  "",
                  {place({first.row, first.column, 1}), place({first.text_row, first.text_column, 1})}};
        f.message = "the sum in " + f.at[0].cell() + " cannot be checked: its part " + f.at[1].cell() +
                    " is the text \"" + said + "\"";
        if (others > 0)
            f.message += "; " + std::to_string(others) + (others == 1 ? " more sum" : " more sums") +
                         " of the table cannot be checked either";
        f.advice = digits ? "type the figure as a number" : "nothing was assumed in its place";
        out_.findings.push_back(std::move(f));
    }

    wide slack(const found_relation& r) const { return slack_of(table_, r); }
    bool beyond_rounding(const found_relation& r) const { return magnitude(gap(r)) > slack(r); }

    /// Whether the total was never said to be this sum: it is the result of a formula that does more than add up, or
    /// all but one of its parts are blank.
    bool computed_otherwise(const found_relation& r) const {
        const workbook::cell& c = *at(r.terms.front()).cell;
        const bool variance = r.terms.size() == 3 && r.terms[2].weight == -1;
        const bool opening =
            r.terms.size() == 2 && r.terms[0].row != r.terms[1].row && r.terms[0].column != r.terms[1].column;
        if (r.terms.size() == 2 && !opening) return true;
        if (variance || opening || !c.has_formula) return false;
        const std::optional<sum_formula> sum = sum_formula_of(c.formula);
        return !sum || !sum->adds_whole_cells_here();
    }

    /// Whether the sum holds once some of its stale values and numbers typed over formulas, each of them a finding of
    /// its own, are put right.
    bool told_already(const found_relation& r) const {
        std::vector<wide> corrections;
        wide noise = slack(r);
        for (const auto& t : r.terms) {
            noise += magnitude(at(t).micro) / 1'000'000'000;
            const auto found = known_.find(at(t).cell->at);
            if (found != known_.end()) corrections.push_back(t.weight * (wide(found->second) - at(t).micro));
        }
        constexpr std::size_t most = 10;
        if (corrections.size() > most) return true;
        for (std::size_t some = 1; some < (std::size_t{1} << corrections.size()); ++some) {
            wide sum = gap(r);
            for (std::size_t i = 0; i < corrections.size(); ++i)
                if ((some >> i & 1) != 0) sum += corrections[i];
            if (magnitude(sum) <= noise + 1) return true;
        }
        return false;
    }

    std::int64_t gap(const found_relation& r) const { return narrowed(gap_of(table_, r)); }
    std::int64_t shown_gap(const found_relation& r) const {
        wide sum = 0;
        for (const auto& t : r.terms) sum += wide(t.weight) * at(t).shown;
        return narrowed(sum);
    }
    unit unit_of(const found_relation& r) const { return table_.units[r.terms.front().column]; }

    static exact pounds(std::int64_t micro, unit u) { return exact(decimal(micro, -6), u); }

    void count_rounding(std::size_t r, std::int64_t gap) {
        ++out_.counts.rounding;
        if (!table_.unit_known[relations_[r].terms.front().column]) return; // households are no pounds
        const exact size = abs(pounds(gap, unit_of(relations_[r])));
        if (!out_.largest_rounding || *out_.largest_rounding < size) out_.largest_rounding = size;
    }

    void leave_out_inherited(std::vector<std::size_t>& broken) {
        if (broken.size() > most_told * most_told) return;
        for (const inherited_misfit& m : inherited_misfits(table_, in_, relations_, broken)) {
            left_out_.insert(m.relation);
            if (m.rounding) {
                count_rounding(m.relation, gap(relations_[m.relation]));
                leave_out_sums_of_printed(relations_[m.relation]);
            } else
                ++out_.counts.real;
            broken.erase(std::find(broken.begin(), broken.end(), m.relation));
        }
    }

    /// A line that adds up rounded figures as they are printed says nothing of the unrounded ones.
    void leave_out_sums_of_printed(const found_relation& line) {
        if (by_total_.empty())
            for (std::size_t r = 0; r < relations_.size(); ++r)
                by_total_.emplace(std::pair{relations_[r].terms.front().row, relations_[r].terms.front().column}, r);
        for (const auto& t : line.terms) {
            const auto [from, to] = by_total_.equal_range(std::pair{t.row, t.column});
            for (auto total = from; total != to; ++total)
                if (relations_[total->second].down != line.down && gap(relations_[total->second]) == 0)
                    left_out_.insert(total->second);
        }
    }

    /// The broken relations, the widest misfit first.
    std::vector<std::size_t> worst_first(std::vector<std::size_t> broken) const {
        std::stable_sort(broken.begin(), broken.end(), [&](std::size_t a, std::size_t b) {
            return magnitude(gap_of(table_, relations_[b])) < magnitude(gap_of(table_, relations_[a]));
        });
        return broken;
    }

    void tell_in_one(const std::vector<std::size_t>& broken) {
        const std::size_t worst = worst_first(broken).front();
        const found_relation& r = relations_[worst];
        // Where most sums fail, it is the reading of the table that is in doubt.
        const bool doubtful = broken.size() * 2 > relations_.size();
        finding f{"check.many",
                  doubtful ? severity::warning : severity::error,
                  std::to_string(broken.size()) + " of " + std::to_string(relations_.size()) +
                      " sums of one table do not hold; the widest misfit is that of " + r.name,
                  {place(r.terms.front())}};
        f.advice = "a table where so much does not add up may not be meant to; look at its totals";
        if (doubtful)
            out_.counts.real -= std::min(out_.counts.real, broken.size());
        else
            f.verdict = verdict::real;
        f.found = pounds(at(r.terms.front()).micro, unit_of(r));
        f.difference = -pounds(gap(r), unit_of(r));
        f.expected = *f.found - *f.difference;
        out_.findings.push_back(std::move(f));
    }

    provenance place(const found_relation::term& t) const {
        return sheet_.at(table_.rows[t.row].number, table_.columns[t.column].number);
    }

    std::vector<std::size_t> joint(const std::vector<std::size_t>& open) const {
        std::vector<std::size_t> all;
        if (relations_.size() <= most_joint) {
            for (std::size_t r = 0; r < relations_.size(); ++r)
                if (left_out_.count(r) == 0) all.push_back(r);
            return all;
        }
        // The worst of them, and their neighbours.
        std::vector<std::size_t> chosen = open;
        if (chosen.size() > most_joint) chosen.resize(most_joint);
        std::set<std::pair<std::size_t, std::size_t>> cells;
        for (std::size_t r : chosen)
            for (const auto& t : relations_[r].terms) cells.insert({t.row, t.column});
        std::set<std::size_t> with(chosen.begin(), chosen.end());
        for (std::size_t r = 0; r < relations_.size() && with.size() < most_joint; ++r)
            for (const auto& t : relations_[r].terms)
                if (left_out_.count(r) == 0 && cells.count({t.row, t.column}) != 0) {
                    with.insert(r);
                    break;
                }
        return {with.begin(), with.end()};
    }

    void prove(std::vector<std::size_t> open, const std::vector<std::size_t>& broken) {
        const std::vector<std::size_t> first = worst_first(broken);
        open.insert(open.begin(), first.begin(), first.end());
        const std::vector<std::size_t> chosen = joint(open);
        printed_table printed;
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> ids;
        for (std::size_t r : chosen) {
            relation rel{relations_[r].name, {}};
            for (const auto& t : relations_[r].terms) {
                const auto inserted = ids.emplace(std::pair{t.row, t.column}, printed.figures().size());
                if (inserted.second) {
                    const amount& a = at(t);
                    const unit u = table_.units[t.column];
                    printed.add({name_of(t), pounds(a.micro, u), pounds(2 * a.half_step, u), place(t)});
                }
                rel.terms.push_back({inserted.first->second, ratio(t.weight)});
            }
            printed.relate(std::move(rel));
        }
        const rounding_proof proof = prove_rounding(printed, halves::unknown);
        std::set<std::size_t> real;
        for (const conflict& c : proof.conflicts) real.insert(c.relations.begin(), c.relations.end());
        for (std::size_t k = 0; k < chosen.size(); ++k) {
            if (gap(relations_[chosen[k]]) == 0 || real.count(k) != 0) continue;
            count_rounding(chosen[k], gap(relations_[chosen[k]]));
        }
        // Joint conflicts hold relations that agree on their own; each counts once, as real.
        for (std::size_t k : real)
            if (gap(relations_[chosen[k]]) == 0) --out_.counts.agrees;
        out_.counts.real += real.size();
        if (options_.explain) explain(printed, proof);
        if (proof.verdict != verdict::real) return;
        const std::vector<diagnosis> faults = diagnose(printed, proof);
        constexpr std::size_t few = 4;
        if (faults.size() > most_told || (faults.size() > few && broken.size() * 3 > relations_.size()))
            return tell_in_one(broken);
        for (const diagnosis& d : faults) out_.findings.push_back(fault_found(table_, printed, d));
    }

    std::string name_of(const found_relation::term& t) const {
        const std::string& row = table_.rows[t.row].label;
        const std::string& column = table_.columns[t.column].label;
        return row.empty() ? column : column.empty() ? row : row + ", " + column;
    }

    table_proof proof_of(riskshare::verdict v) const {
        return {sheet_.at(table_.rows.front().number, table_.columns.front().number), v};
    }

    void explain(const printed_table& printed, const rounding_proof& proof) {
        table_proof p = proof_of(proof.verdict);
        for (std::size_t i = 0; i < proof.witness.size(); ++i)
            if (!(proof.witness[i] == printed.figures()[i].value))
                p.witness.push_back({printed.figures()[i].at, printed.figures()[i].value, proof.witness[i]});
        for (const conflict& c : proof.conflicts) {
            p.conflicts.push_back({{}, c.excess});
            for (std::size_t f : c.figures) p.conflicts.back().cells.push_back(printed.figures()[f].at);
        }
        p.least_move = proof.least_move;
        out_.proofs.push_back(std::move(p));
    }

    /// Figures that add up as stored and not as shown are their own witness.
    void explain_by_stored_figures(const std::vector<std::size_t>& shown) {
        table_proof p = proof_of(verdict::rounding);
        std::set<std::pair<std::size_t, std::size_t>> seen;
        for (std::size_t r : shown)
            for (const auto& t : relations_[r].terms)
                if (at(t).shown != at(t).micro && seen.insert({t.row, t.column}).second)
                    p.witness.push_back({place(t), pounds(at(t).shown, table_.units[t.column]),
                                         pounds(at(t).micro, table_.units[t.column])});
        out_.proofs.push_back(std::move(p));
    }

    const number_table& table_;
    const workbook::sheet& in_;
    provenance sheet_;
    const known_faults& known_;
    const check_options& options_;
    check_result& out_;
    found_relations found_;
    const std::vector<found_relation>& relations_;
    std::multimap<std::pair<std::size_t, std::size_t>, std::size_t> by_total_; ///< relations, by their total's place
    std::set<std::size_t> left_out_; ///< relations never meant, or whose fault is a finding already
};

} // namespace

wide gap_of(const number_table& t, const found_relation& r) {
    wide sum = 0;
    for (const auto& term : r.terms) sum += wide(term.weight) * t.cells[term.row][term.column]->micro;
    return sum;
}

wide slack_of(const number_table& t, const found_relation& r) {
    wide sum = 0;
    for (const auto& term : r.terms) sum += t.cells[term.row][term.column]->half_step;
    return sum;
}

void check_table(const number_table& t, const workbook::sheet& in, const provenance& sheet, const known_faults& known,
                 const check_options& options, check_result& out) {
    find_turned_variances(t, sheet, out);
    find_units_that_disagree(t, sheet, out);
    find_thousandfold(t, sheet, out.findings);
    table_checker checker(t, in, sheet, known, options, out);
    checker.check();
    if (checker.not_looked_at() > 0)
        out.findings.push_back({"check.not_looked_at",
                                severity::warning,
                                "the table has so many totals that the sums of its last " +
                                    std::to_string(checker.not_looked_at()) + " lines were not sought",
                                {sheet.at(t.rows.front().number, t.columns.front().number)},
                                "check it in parts"});
    std::vector<bool> added = t.unit_known;
    for (const found_relation& r : checker.relations())
        if (r.down) added[r.terms.front().column] = true;
    find_duplicate_rows(t, in, sheet, added, out.findings);
}

} // namespace riskshare::templates::detail
