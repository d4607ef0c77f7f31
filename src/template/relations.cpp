#include <riskshare/template/relations.hpp>

#include "template/detail/formula_faults.hpp"
#include "template/detail/number_table.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/diagnosis.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace riskshare::templates {

namespace {

using detail::amount;
using detail::found_relation;
using detail::number_table;

/// Where more faults than these are found, or more sums than those do not hold, the table is told about as a whole.
constexpr std::size_t most_told = 25, most_diagnosed = 120;
/// Beyond so many, only the relations that do not hold as printed are proved together.
constexpr std::size_t most_joint = 250;

/// What a cell holds for what its formula gives, or for the formula that was typed over.
using known_faults = std::map<workbook::address, std::int64_t>;

class table_checker {
public:
    table_checker(const number_table& t, provenance sheet, const known_faults& known, const check_options& options,
                  check_result& out)
        : table_(t), sheet_(std::move(sheet)), known_(known), options_(options), out_(out),
          relations_(detail::relations_of(t)) {}

    void check() {
        std::vector<std::size_t> open, shown;
        for (std::size_t r = 0; r < relations_.size(); ++r) {
            if (beyond_rounding(relations_[r]) && computed_otherwise(relations_[r])) continue;
            if (gap(relations_[r]) != 0 && told_already(relations_[r])) {
                ++out_.counts.real;
                told_.insert(r);
            } else if (gap(relations_[r]) != 0) {
                open.push_back(r);
            } else if (shown_gap(relations_[r]) != 0) {
                count_rounding(r, shown_gap(relations_[r]));
                shown.push_back(r);
            } else {
                ++out_.counts.agrees;
            }
        }
        if (options_.explain && !shown.empty()) explain_by_stored_figures(shown);
        const auto broken = static_cast<std::size_t>(
            std::count_if(open.begin(), open.end(), [&](std::size_t r) { return beyond_rounding(relations_[r]); }));
        if (broken > most_diagnosed) {
            for (std::size_t r : open)
                if (!beyond_rounding(relations_[r])) count_rounding(r, gap(relations_[r]));
            out_.counts.real += broken;
            tell_in_one(open, broken);
        } else if (!open.empty()) {
            prove(open, broken);
        }
    }

private:
    const amount& at(const found_relation::term& t) const { return *table_.cells[t.row][t.column]; }

    static std::int64_t narrowed(detail::wide v) {
        return v > INT64_MAX ? INT64_MAX : v < -INT64_MAX ? -INT64_MAX : static_cast<std::int64_t>(v);
    }
    detail::wide slack(const found_relation& r) const {
        detail::wide sum = 0;
        for (const auto& t : r.terms) sum += at(t).half_step;
        return sum;
    }
    bool beyond_rounding(const found_relation& r) const { return detail::magnitude(gap(r)) > slack(r); }

    /// Whether the total was never said to be this sum: it is the result of a formula that does more than add up, or
    /// all but one of its parts are blank.
    bool computed_otherwise(const found_relation& r) const {
        const workbook::cell& c = *at(r.terms.front()).cell;
        const bool variance = r.terms.size() == 3 && r.terms[2].weight == -1;
        const bool opening =
            r.terms.size() == 2 && r.terms[0].row != r.terms[1].row && r.terms[0].column != r.terms[1].column;
        if (r.terms.size() == 2 && !opening) return true;
        return !variance && !opening && c.has_formula && !detail::only_adds(std::string(c.formula));
    }

    /// Whether the sum holds once some of its stale values and numbers typed over formulas, each of them a finding of
    /// its own, are put right.
    bool told_already(const found_relation& r) const {
        std::vector<detail::wide> corrections;
        detail::wide noise = slack(r);
        for (const auto& t : r.terms) {
            noise += detail::magnitude(at(t).micro) / 1'000'000'000;
            const auto found = known_.find(at(t).cell->at);
            if (found != known_.end()) corrections.push_back(t.weight * (detail::wide(found->second) - at(t).micro));
        }
        constexpr std::size_t most = 10;
        if (corrections.size() > most) return true;
        for (std::size_t some = 1; some < (std::size_t{1} << corrections.size()); ++some) {
            detail::wide sum = gap(r);
            for (std::size_t i = 0; i < corrections.size(); ++i)
                if ((some >> i & 1) != 0) sum += corrections[i];
            if (detail::magnitude(sum) <= noise + 1) return true;
        }
        return false;
    }

    std::int64_t gap(const found_relation& r) const {
        detail::wide sum = 0;
        for (const auto& t : r.terms) sum += detail::wide(t.weight) * at(t).micro;
        return narrowed(sum);
    }
    std::int64_t shown_gap(const found_relation& r) const {
        detail::wide sum = 0;
        for (const auto& t : r.terms) sum += detail::wide(t.weight) * at(t).shown;
        return narrowed(sum);
    }
    unit unit_of(const found_relation& r) const { return table_.units[r.terms.front().column]; }

    static exact pounds(std::int64_t micro, unit u) { return exact(decimal(micro, -6), u); }

    void count_rounding(std::size_t r, std::int64_t gap) {
        ++out_.counts.rounding;
        const exact size = abs(pounds(gap, unit_of(relations_[r])));
        if (!out_.largest_rounding || *out_.largest_rounding < size) out_.largest_rounding = size;
    }

    void tell_in_one(const std::vector<std::size_t>& open, std::size_t broken) {
        std::size_t worst = open.front();
        for (std::size_t r : open)
            if (std::abs(gap(relations_[r])) > std::abs(gap(relations_[worst]))) worst = r;
        const found_relation& r = relations_[worst];
        // Where most sums fail, it is the reading of the table that is in doubt.
        const bool doubtful = broken * 2 > relations_.size();
        finding f{"check.many",
                  doubtful ? severity::warning : severity::error,
                  std::to_string(broken) + " of " + std::to_string(relations_.size()) +
                      " sums of one table do not hold; the widest misfit is that of " + r.name,
                  {place(r.terms.front())}};
        f.advice = "a table where so much does not add up may not be meant to; look at its totals";
        if (doubtful)
            out_.counts.real -= std::min(out_.counts.real, broken);
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
                if (told_.count(r) == 0) all.push_back(r);
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
                if (told_.count(r) == 0 && cells.count({t.row, t.column}) != 0) {
                    with.insert(r);
                    break;
                }
        return {with.begin(), with.end()};
    }

    void prove(const std::vector<std::size_t>& open, std::size_t broken) {
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
        if (faults.size() > most_told || (faults.size() > few && broken * 3 > relations_.size()))
            return tell_in_one(open, broken);
        for (const diagnosis& d : faults) report(printed, d);
    }

    std::string name_of(const found_relation::term& t) const {
        const std::string& row = table_.rows[t.row].label;
        const std::string& column = table_.columns[t.column].label;
        return row.empty() ? column : column.empty() ? row : row + ", " + column;
    }

    std::string written(const exact& e, const printed_figure& like) const {
        return accounting(e, display_unit(like), places(like));
    }
    unit display_unit(const printed_figure& f) const {
        for (std::size_t c = 0; c < table_.columns.size(); ++c)
            if (table_.columns[c].number == f.at.column()) return table_.units[c];
        return unit::pounds;
    }
    int places(const printed_figure& f) const {
        const unit u = display_unit(f);
        int n = 0;
        for (exact step = exact(decimal(1, 0), u); n < 6 && f.step < step; ++n) step = step / ratio(10);
        return n;
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

    void report(const printed_table& printed, const diagnosis& d) {
        const std::size_t worst =
            *std::max_element(d.relations.begin(), d.relations.end(), [&](std::size_t a, std::size_t b) {
                return abs(printed_gap(printed, printed.relations()[a])) <
                       abs(printed_gap(printed, printed.relations()[b]));
            });
        const relation& r = printed.relations()[worst];
        const printed_figure& total = printed.figures()[r.terms.front().figure];
        finding f;
        f.severity = severity::error;
        f.verdict = verdict::real;
        f.found = total.value;
        f.difference = -printed_gap(printed, r);
        f.expected = *f.found - *f.difference;
        const bool sum = r.terms.size() != 3 || !(r.terms[2].weight == ratio(-1));
        const auto of_term = [&](std::size_t term) { return printed.figures()[r.terms[term].figure].at; };
        f.rule = !sum && of_term(0).row() == of_term(2).row() ? "check.variance" : "check.sum";
        if (printed_gap(printed, r).is_zero()) {
            f.rule = "check.together";
            f.message = std::to_string(d.relations.size()) + " sums each agree within rounding, but not together";
        } else {
            f.message = total.name + " is " + written(total.value, total) + ", but " +
                        (sum ? "its " + std::to_string(r.terms.size() - 1) + " parts add up to "
                             : of_term(1).cell() + " less " + of_term(2).cell() + " is ") +
                        written(*f.expected, total) + ": " + written(abs(*f.difference), total) +
                        " apart, of which rounding explains at most " + written(rounding_slack(printed, r), total);
        }
        if (d.relations.size() > 1 && !printed_gap(printed, r).is_zero())
            f.message += " (and " + std::to_string(d.relations.size() - 1) + " more that go with it)";
        f.at.push_back(total.at);
        if (!d.explanations.empty()) {
            const explanation& e = d.explanations.front();
            f.looks_like = e.looks_like;
            f.message += "; " + described(printed, e);
            auto point_at = [&](std::size_t figure) {
                const provenance& at = printed.figures()[figure].at;
                if (f.at.size() < 12 && std::find(f.at.begin(), f.at.end(), at) == f.at.end()) f.at.push_back(at);
            };
            for (const changed_figure& c : e.changes) point_at(c.figure);
            for (std::size_t l : e.lines) point_at(l);
            if (d.explanations.size() > 1)
                f.message += " (" + std::to_string(d.explanations.size() - 1) + " other explanations fit as well)";
        } else {
            for (std::size_t i = 1; i < r.terms.size() && f.at.size() < 12; ++i)
                f.at.push_back(printed.figures()[r.terms[i].figure].at);
        }
        f.advice = f.looks_like ? "look at the cells named; correct the one at fault or say why it stands"
                                : "look at the cells of this sum";
        out_.findings.push_back(std::move(f));
    }

    std::string described(const printed_table& printed, const explanation& e) const {
        const printed_figure& f = printed.figures()[e.changes.front().figure];
        const std::string cell = f.at.cell(), now = written(f.value, f),
                          instead = written(e.changes.front().instead, f);
        if (!e.looks_like)
            return cell + " is where they meet: " + instead + " there for " + now + " would set them right";
        const std::string line = e.lines.empty() ? "" : printed.figures()[e.lines.front()].at.cell();
        const bool many = e.changes.size() > 1;
        switch (*e.looks_like) {
        case resemblance::sign_slip:
            return "looks like a sign slip in " + cell + (many ? " and the rest of its line" : "") + ", " + now +
                   " for " + instead;
        case resemblance::transposed_digits:
            return "looks like two digits exchanged in " + cell + ", " + now + " for " + instead;
        case resemblance::unit_slip:
            return "looks like the wrong unit in " + cell + (many ? " and the rest of its line" : "") + ", " + now +
                   " for about " + instead + ": " + e.evidence;
        case resemblance::omitted_line:
            return "looks like " + line + (many ? " and the rest of its line" : "") + " left out of " + cell;
        case resemblance::double_counted_line:
            return "looks like " + line + (many ? " and the rest of its line" : "") + " counted twice in " + cell;
        default:
            return std::string("looks like ") + to_string(*e.looks_like);
        }
    }

    const number_table& table_;
    provenance sheet_;
    const known_faults& known_;
    const check_options& options_;
    check_result& out_;
    std::vector<found_relation> relations_;
    std::set<std::size_t> told_; ///< relations whose fault is a finding already
};

/// Rows that repeat an earlier one, label and amounts.
void find_duplicates(const number_table& t, const provenance& sheet, std::vector<finding>& out) {
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
        if (t.rows[i].label.empty() || t.rows[i].total) continue;
        std::string key = t.rows[i].label;
        std::size_t amounts = 0;
        for (const auto& a : t.cells[i]) {
            key += "|";
            if (!a) continue;
            key += std::to_string(a->micro);
            amounts += a->micro != 0;
        }
        if (amounts < 2) continue;
        const auto earlier = seen.emplace(key, i);
        if (earlier.second) continue;
        const std::uint32_t first = t.rows[earlier.first->second].number, column = t.columns.front().number;
        finding f{"check.duplicate_row",
                  severity::warning,
                  "row " + std::to_string(t.rows[i].number) + " (" + t.rows[i].label + ") repeats row " +
                      std::to_string(first) + ", label and amounts: it may be counted twice",
                  {sheet.at(t.rows[i].number, column), sheet.at(first, column)}};
        f.advice = "delete one of the two, or tell them apart";
        f.looks_like = resemblance::double_counted_line;
        out.push_back(std::move(f));
    }
}

/// In millionths of whatever the cell is in; nothing beyond 64 bits.
std::optional<std::int64_t> in_micro(const exact& pounds) {
    if (abs(pounds) > exact(money::pounds(90'000'000'000))) return std::nullopt;
    return rounded(pounds * ratio(1'000'000), money::pounds(1), rounding::half_away_from_zero).pence() / 100;
}

/// The findings about single cells of this sheet: their amounts are read in the unit of their column, and what the
/// cells should hold is returned.
known_faults faults_of_cells(const std::vector<number_table>& tables, const std::string& sheet,
                             std::vector<finding>& findings) {
    known_faults known;
    for (finding& f : findings) {
        if (f.at.size() != 1 || f.at.front().sheet() != sheet || !f.difference) continue;
        const workbook::address at{f.at.front().row(), f.at.front().column()};
        if (f.expected)
            if (const auto micro = in_micro(*f.expected)) known[at] = *micro;
        for (const number_table& t : tables) {
            if (t.rows.empty() || at.row < t.rows.front().number || at.row > t.rows.back().number) continue;
            for (std::size_t c = 0; c < t.columns.size(); ++c) {
                if (t.columns[c].number != at.column) continue;
                for (std::optional<exact>* e : {&f.expected, &f.found, &f.difference})
                    if (*e) *e = **e * ratio(detail::power_of_ten(riskshare::power_of_ten(t.units[c])));
            }
        }
    }
    return known;
}

} // namespace

check_result check_workbook(const workbook::book& book, const check_options& options) {
    check_result out;
    detail::find_formula_faults(book, out);
    const std::size_t of_formulas = out.findings.size();
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const workbook::sheet sheet = book.read(name);
        const provenance place(book.source().name(), name);
        const std::vector<number_table> tables =
            detail::number_tables(sheet, options.unit_if_none, detail::computed_at_once(book, sheet));
        std::vector<finding> cells(out.findings.begin(),
                                   out.findings.begin() + static_cast<std::ptrdiff_t>(of_formulas));
        const known_faults known = faults_of_cells(tables, name, cells);
        std::move(cells.begin(), cells.end(), out.findings.begin());
        for (const number_table& t : tables) {
            table_checker(t, place, known, options, out).check();
            find_duplicates(t, place, out.findings);
        }
    }
    std::stable_sort(out.findings.begin(), out.findings.end(), [](const finding& a, const finding& b) {
        if (a.severity != b.severity) return a.severity < b.severity;
        const exact x = a.difference ? abs(*a.difference) : exact(), y = b.difference ? abs(*b.difference) : exact();
        return y < x;
    });
    return out;
}

} // namespace riskshare::templates
