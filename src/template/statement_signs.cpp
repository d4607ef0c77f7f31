// With which sign each line of a statement is written, by the evidence of the sheet: what it subtracts, then its
// printed variances under their headings, then the words of its lines. Where these are at odds or silent, nothing is
// assumed.
#include "template/printed_variances.hpp"
#include "template/statement_draft.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using words::difference;
using words::sign_rule;
using words::term;
using words::variance_sense;

namespace {

cell_figure negated(const cell_figure& f) {
    return f ? cell_figure(figure(-f->written(), f->unit(), f->at(), f->places())) : cell_figure();
}

void turn_figures(plan_and_actual& f) { f.plan = negated(f.plan), f.actual = negated(f.actual); }

/// How many say the one, and how many the other.
struct votes {
    std::size_t signed_ = 0, spending = 0;
    sign_rule winner() const {
        if (spending > 0 && spending >= 3 * signed_) return sign_rule::spending_positive;
        if (signed_ > 0 && signed_ >= 3 * spending) return sign_rule::as_signed;
        return sign_rule::unknown;
    }
    bool at_odds() const { return winner() == sign_rule::unknown && signed_ + spending > 0; }
};

class sign_settler {
public:
    explicit sign_settler(statement_draft& d) : draft_(d), settled_(d.lines.size(), false) {}

    bool settle() {
        for (std::size_t i = 0; i < draft_.lines.size(); ++i) turn_subtracted(i);
        const bool subtracted = std::any_of(draft_.turned.begin(), draft_.turned.end(), [](bool t) { return t; });
        if (subtracted) note_turned("subtracted");
        if (!settle_others(subtracted)) return false;
        for (const pair_of_columns& p : pairs_of_columns) settle_variances(p);
        for (std::size_t i = 0; i < draft_.lines.size(); ++i) settle_nature(i);
        return true;
    }

private:
    /// A line that adds some and takes others off: what it takes off is spending; or, where the words say so, it is
    /// spending itself and takes income off, as "Net expenditure" does.
    void turn_subtracted(std::size_t line) {
        const std::vector<int>& signs = draft_.signs[line];
        const auto minus = std::count_if(signs.begin(), signs.end(), [](int s) { return s < 0; });
        if (minus == 0) return;
        bool off_income = false, off_spending = false, kept_spending = false;
        for (std::size_t k = 0; k < signs.size(); ++k) {
            const std::size_t part = draft_.lines[line].adds[k];
            const bool spending = draft_.is_spending(part), income = is_income(part, 0);
            (signs[k] < 0 ? off_spending : kept_spending) |= spending;
            if (signs[k] < 0) off_income = off_income || income;
        }
        const bool net_spending =
            !off_spending && off_income && (kept_spending || draft_.said[line] == line_words::spending);
        for (std::size_t k = 0; k < signs.size(); ++k)
            if ((signs[k] < 0) != net_spending) turn(draft_.lines[line].adds[k]);
        if (net_spending) turn_alone(line);
        settle_down(line, 0);
    }

    bool is_income(std::size_t line, std::size_t depth) const {
        if (draft_.said[line] == line_words::income) return true;
        const std::vector<std::size_t>& adds = draft_.lines[line].adds;
        return depth <= draft_.lines.size() && !adds.empty() &&
               std::all_of(adds.begin(), adds.end(), [&](std::size_t part) { return is_income(part, depth + 1); });
    }

    void settle_down(std::size_t line, std::size_t depth) {
        settled_[line] = true;
        if (depth > draft_.lines.size()) return;
        for (const std::size_t part : draft_.lines[line].adds)
            if (!settled_[part]) settle_down(part, depth + 1);
    }

    void turn(std::size_t line) {
        if (draft_.turned[line]) return;
        turn_alone(line);
        for (const std::size_t part : draft_.lines[line].adds) turn(part);
    }

    void turn_alone(std::size_t line) {
        if (draft_.turned[line]) return;
        draft_.turned[line] = true;
        draft_.places[line].written_positive = true;
        for (const pair_of_columns& p : pairs_of_columns) turn_figures(draft_.lines[line].*p.in_line);
        for (of_which_line& remark : draft_.lines[line].of_which)
            for (const pair_of_columns& p : pairs_of_columns) turn_figures(remark.*p.in_remark);
    }

    // --- what no subtraction settles ---------------------------------------------------------------------------------

    bool is_candidate(std::size_t i) const {
        const line_words w = draft_.said[i];
        return !settled_[i] && !draft_.lines[i].is_sub_total() && w != line_words::income && w != line_words::result &&
               w != line_words::misalignment;
    }

    /// Whether more of a line's figures are below zero than above; nothing where all are nil.
    std::optional<bool> is_negative(std::size_t i) const {
        int sum = 0;
        for (const pair_of_columns& p : pairs_of_columns)
            for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual})
                if (const cell_figure& f = (draft_.lines[i].*p.in_line).*of; f && !f->written().is_zero())
                    sum += f->written().is_negative() ? -1 : 1;
        if (sum == 0) return std::nullopt;
        return sum < 0;
    }

    bool settle_others(bool subtracted) {
        std::vector<std::size_t> candidates;
        std::size_t positive = 0, spending_below_zero = 0, spending_above = 0;
        for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
            if (!is_candidate(i)) continue;
            candidates.push_back(i);
            const std::optional<bool> negative = is_negative(i);
            if (!negative) continue;
            positive += *negative ? 0 : 1;
            const bool by_words = draft_.said[i] == line_words::spending || draft_.said[i] == line_words::area;
            if (by_words) ++(*negative ? spending_below_zero : spending_above);
        }
        if (positive == 0 || spending_below_zero > spending_above) return true; // written with its sign
        if (mostly_below_zero(candidates)) return keep_signs(candidates);
        switch (rule_of(candidates, subtracted)) {
        case sign_rule::as_signed:
            return true;
        case sign_rule::spending_positive:
            return turn_spending(candidates);
        default:
            return false;
        }
    }

    /// Whether the amounts below zero outweigh those above: no spending that is printed positive comes to that.
    bool mostly_below_zero(const std::vector<std::size_t>& candidates) const {
        exact sum;
        for (const pair_of_columns& p : pairs_of_columns)
            for (const std::size_t i : candidates)
                for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual})
                    sum += value_or_zero((draft_.lines[i].*p.in_line).*of);
        return sum.is_negative();
    }

    /// Results, or spending printed negative: as they stand, unless the printed variances say that more is worse.
    bool keep_signs(const std::vector<std::size_t>& candidates) {
        if (count(candidates, true, true).spending == 0) {
            // "Ridge Mental Health" below zero is a body, not what is spent on mental health.
            for (const std::size_t i : candidates)
                if (draft_.said[i] == line_words::area)
                    draft_.said[i] = line_words::nothing, draft_.lines[i].nature = line_nature::result;
            return true;
        }
        refuse(candidates,
               "the amounts are mostly below zero, as of a deficit, and the printed variances read as those "
               "of spending");
        return false;
    }

    sign_rule rule_of(const std::vector<std::size_t>& candidates, bool subtracted) {
        const votes by_heading = count(candidates, true), bare = count(candidates, false);
        const sign_rule by_variance = by_heading.winner();
        sign_rule by_words = rule_by_words(candidates);
        if (by_words == sign_rule::unknown && by_variance == sign_rule::unknown) by_words = rule_by_titles();
        if (by_heading.at_odds()) {
            refuse(
                candidates,
                "the printed variances are at odds with each other: some are actual less plan, some plan less actual");
            return sign_rule::unknown;
        }
        if (by_variance != sign_rule::unknown && by_words != sign_rule::unknown && by_variance != by_words) {
            refuse(candidates,
                   by_variance == sign_rule::spending_positive
                       ? "the printed variances read as spending, the words of the lines as income or a result"
                       : "the words of the lines read as spending, the printed variances as income or a result");
            return sign_rule::unknown;
        }
        if (by_variance != sign_rule::unknown) return by_variance;
        if (by_words == sign_rule::spending_positive && only_areas(candidates) &&
            rule_by_titles() == sign_rule::as_signed && bare.winner() != sign_rule::spending_positive) {
            refuse(candidates, "the lines read as areas of spending, the title speaks of a surplus or deficit");
            return sign_rule::unknown;
        }
        if (by_words != sign_rule::unknown) {
            const bool against = by_words == sign_rule::as_signed && bare.spending > 0 && bare.signed_ == 0;
            if (!against) return by_words;
            refuse(candidates, "every variance is plan less actual, as for spending; the words of the lines read as "
                               "income or a result");
            return sign_rule::unknown;
        }
        if (bare.winner() == sign_rule::spending_positive) return sign_rule::spending_positive;
        if (subtracted || all_bodies(candidates)) return sign_rule::as_signed;
        refuse(candidates, "nothing shows whether these figures are spending, income or a result");
        return sign_rule::unknown;
    }

    /// No word is surer than the name of an area.
    bool only_areas(const std::vector<std::size_t>& candidates) const {
        return !headings_say_spending() && std::none_of(candidates.begin(), candidates.end(), [&](std::size_t i) {
            return draft_.said[i] == line_words::spending;
        });
    }

    bool all_bodies(const std::vector<std::size_t>& candidates) const {
        return std::all_of(candidates.begin(), candidates.end(),
                           [&](std::size_t i) { return !draft_.lines[i].organisation.empty(); });
    }

    variance_sense sense(const pair_of_columns& p) const { return sense_of_column(draft_.table, p.variance); }

    /// The candidates, and the totals that come down to nothing else.
    bool counts(const std::vector<std::size_t>& candidates, std::size_t line) const {
        const auto is_one = [&](std::size_t i) {
            return std::find(candidates.begin(), candidates.end(), i) != candidates.end();
        };
        const std::vector<std::size_t>& adds = draft_.lines[line].adds;
        return is_one(line) || (!adds.empty() && std::all_of(adds.begin(), adds.end(), is_one));
    }

    /// What is below zero votes only where nothing is above.
    votes count(const std::vector<std::size_t>& candidates, bool headed, bool below_zero = false) const {
        votes out;
        for (const pair_of_columns& p : pairs_of_columns) {
            const variance_sense by_heading = sense(p);
            if ((by_heading != variance_sense::unsaid) != headed) continue;
            // A bare "Variance" is taken for favourable positive, as it is by convention, and weighs less.
            const variance_sense s = headed ? by_heading : variance_sense::favourable;
            for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
                if (!counts(candidates, i) || (!below_zero && is_negative(i).value_or(true))) continue;
                const sign_rule r = words::rule_by_variance(printed_in(draft_.lines[i].*p.in_line), s);
                out.spending += r == sign_rule::spending_positive ? 1 : 0;
                out.signed_ += r == sign_rule::as_signed ? 1 : 0;
            }
        }
        return out;
    }

    /// By the lines, the totals over them and the headings of columns ("Under/(over) spend").
    sign_rule rule_by_words(const std::vector<std::size_t>& candidates) const {
        std::size_t spending = 0;
        for (const std::size_t i : candidates)
            spending += draft_.said[i] == line_words::spending || draft_.said[i] == line_words::area ? 1 : 0;
        bool total_spending = false, total_result = false;
        for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
            if (draft_.lines[i].adds.empty() || settled_[i] || !counts(candidates, i)) continue;
            total_spending = total_spending || draft_.said[i] == line_words::spending;
            total_result = total_result || draft_.said[i] == line_words::result || draft_.said[i] == line_words::income;
        }
        const bool by_lines = spending > 0 && 3 * spending >= candidates.size();
        if (total_result) return by_lines || total_spending ? sign_rule::unknown : sign_rule::as_signed;
        return by_lines || total_spending || headings_say_spending() ? sign_rule::spending_positive
                                                                     : sign_rule::unknown;
    }

    /// The weakest evidence: what the titles speak of, where they speak of one only.
    sign_rule rule_by_titles() const {
        const bool spending = titles_have([](const words::term_set& t) { return t.has(term::spending); });
        const bool result = titles_have([](const words::term_set& t) { return t.has(term::surplus_or_deficit); });
        if (spending == result) return sign_rule::unknown;
        return spending ? sign_rule::spending_positive : sign_rule::as_signed;
    }

    bool headings_say_spending() const {
        for (const found_column& c : draft_.table.columns)
            for (const std::string& w : words::words_of_text(c.heading))
                if (w.find("spend") != std::string::npos || w == "spent" || w.rfind("expenditure", 0) == 0) return true;
        return false;
    }
    template <class F>
    bool titles_have(F says) const {
        const grid& g = draft_.table.grid;
        if (says(draft_.vocabulary.terms_in(g.place().sheet()))) return true;
        for (std::uint32_t row = draft_.table.first_heading; row-- > 1;)
            for (std::uint32_t c = 1; c <= g.columns(); ++c)
                if (!g.is_number(row, c) && says(draft_.vocabulary.terms_in(g.text(row, c)))) return true;
        return false;
    }

    /// All that is spending is turned, and the totals over it; income that is added to spending is written negative.
    bool turn_spending(const std::vector<std::size_t>& candidates) {
        for (const std::size_t i : candidates) turn_alone(i);
        for (std::size_t again = 0; again < draft_.lines.size(); ++again)
            for (std::size_t i = 0; i < draft_.lines.size(); ++i)
                if (!settled_[i] && !draft_.turned[i] && !turn_total(i)) return false;
        note_turned("spending");
        return true;
    }

    bool turn_total(std::size_t line) {
        const std::vector<std::size_t>& adds = draft_.lines[line].adds;
        const auto turned = [&](std::size_t part) { return draft_.turned[part]; };
        if (adds.empty()) return turn_unknown_total(line);
        if (std::none_of(adds.begin(), adds.end(), turned)) return true;
        for (const std::size_t part : adds) {
            if (draft_.turned[part]) continue;
            if (!draft_.lines[part].adds.empty()) return true; // its turn comes
            if (draft_.said[part] == line_words::income && is_negative(part) == std::optional(false)) {
                refuse({part, line}, "\"" + draft_.lines[part].label + "\" is income by its words, and \"" +
                                         draft_.lines[line].label + "\" adds it to spending");
                return false;
            }
            turn_alone(part);
        }
        turn_alone(line);
        return true;
    }

    /// A total that does not add up stands below lines that were all turned: it is of them.
    bool turn_unknown_total(std::size_t line) {
        if (draft_.lines[line].adds_unknown && draft_.said[line] != line_words::result &&
            draft_.said[line] != line_words::income)
            turn_alone(line);
        return true;
    }

    // --- printed variances, natures, findings ------------------------------------------------------------------------

    /// Printed variances are turned to favourable positive: by their heading, else by what most of the column is.
    void settle_variances(const pair_of_columns& p) {
        for (const bool turned : {false, true}) {
            std::size_t as_is = 0, other = 0;
            for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
                if (draft_.turned[i] != turned) continue;
                const difference d = printed_in(draft_.lines[i].*p.in_line);
                as_is += d == difference::actual_less_plan ? 1 : 0;
                other += d == difference::plan_less_actual ? 1 : 0;
            }
            if (!are_other_way_round(sense(p), as_is, other, turned)) continue;
            for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
                if (draft_.turned[i] != turned) continue;
                cell_figure& printed = (draft_.lines[i].*p.in_line).printed_variance;
                printed = negated(printed);
                for (of_which_line& remark : draft_.lines[i].of_which) {
                    cell_figure& below = (remark.*p.in_remark).printed_variance;
                    below = negated(below);
                }
            }
        }
    }

    /// A credit within spending may have either sign.
    void settle_nature(std::size_t i) {
        if (!draft_.turned[i] || draft_.said[i] == line_words::result || draft_.said[i] == line_words::misalignment)
            return;
        bool positive = false;
        for (const pair_of_columns& p : pairs_of_columns)
            for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual})
                if (const cell_figure& f = (draft_.lines[i].*p.in_line).*of)
                    positive = positive || (!f->written().is_zero() && !f->written().is_negative());
        draft_.lines[i].nature = !positive                              ? line_nature::expenditure
                                 : draft_.said[i] == line_words::income ? line_nature::income
                                                                        : line_nature::result;
    }

    void note_turned(const std::string& why) {
        note_lines(why, true);
        if (why != "subtracted") note_lines(why, false);
        noted_ = draft_.turned;
    }

    /// The lines that were turned and stood above zero as they were written, or those that stood below.
    void note_lines(const std::string& why, bool above) {
        std::string names;
        std::vector<provenance> at;
        std::size_t count = 0;
        constexpr std::size_t named = 4;
        for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
            if (!draft_.turned[i] || draft_.lines[i].is_sub_total() || noted(i)) continue;
            if (why != "subtracted" && is_negative(i).value_or(true) != above) continue;
            if (++count <= named || why == "subtracted")
                names += (names.empty() ? "\"" : ", \"") + draft_.lines[i].label + "\"";
            at.push_back(draft_.places[i].actual);
        }
        if (names.empty()) return;
        if (count > named && why != "subtracted") names += " and " + std::to_string(count - named) + " more";
        draft_.findings.push_back(
            {"position.written_positive", severity::note,
             names + (why == "subtracted"
                          ? ": written as positive figures and subtracted; read as negative, as expenditure is"
                      : above ? ": spending written as positive figures; an overspend is a negative variance here"
                              : ": written as negative figures among spending, so read as what pays for it"),
             at});
    }
    bool noted(std::size_t i) const { return i < noted_.size() && noted_[i]; }

    void refuse(const std::vector<std::size_t>& lines, const std::string& why) {
        std::vector<provenance> at;
        constexpr std::size_t most = 3;
        for (std::size_t k = 0; k < std::min(most, lines.size()); ++k) at.push_back(draft_.places[lines[k]].actual);
        draft_.findings.push_back({"position.signs_unknown", severity::error, why + ", so the table was not read", at,
                                   "head the variance \"Under/(over) spend\" or \"Variance fav/(adv)\", or add a line "
                                   "that takes spending from "
                                   "income, or teach the lines' words in a mapping (--map): [words] spending = [\"" +
                                       draft_.lines[lines.front()].label + "\"]"});
    }

    statement_draft& draft_;
    std::vector<bool> settled_, noted_;
};

} // namespace

bool shows_spending(const found_table& t) {
    votes all;
    for (const pair_of_columns& p : pairs_of_columns) {
        const variance_sense s = sense_of_column(t, p.variance);
        if (s == variance_sense::unsaid) continue;
        std::vector<finding> told_later; // the reader of the table reads these cells again
        for (const found_row& row : t.rows) {
            const auto get = [&](const char* field) { return figure_in(t, row.row, field, told_later); };
            const plan_and_actual f{get(p.plan), get(p.actual), variance_in(t, row.row, p.variance, told_later)};
            const sign_rule r = words::rule_by_variance(printed_in(f), s);
            all.spending += r == sign_rule::spending_positive ? 1 : 0;
            all.signed_ += r == sign_rule::as_signed ? 1 : 0;
        }
    }
    return all.winner() == sign_rule::spending_positive;
}

bool settle_signs(statement_draft& d) { return sign_settler(d).settle(); }

} // namespace riskshare::templates::detail
