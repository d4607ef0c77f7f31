#include "template/further_terms_sheet.hpp"
#include "template/share_sheet.hpp"

#include <riskshare/parse_period.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates {

namespace {

std::optional<std::string> agreement_sheet_of(const workbook::book& book) {
    for (const std::string& name : book.sheet_names()) {
        const std::string folded = riskshare::detail::folded(name);
        if (has_text(folded, "agreement") || folded == "terms") return name;
    }
    return std::nullopt;
}

/// The financial year that a text names: "… agreement 2022/23", "llr-risk-share-2022-23.xlsx".
std::optional<financial_year> year_named_in(const std::string& text) {
    for (std::size_t i = 0; i + 7 <= text.size(); ++i) {
        if (i > 0 && riskshare::detail::is_alphanumeric(text[i - 1])) continue;
        if (i + 7 < text.size() && riskshare::detail::is_digit(text[i + 7])) continue;
        const result<financial_year> y = parse_financial_year(text.substr(i, 7));
        if (y) return *y;
    }
    return std::nullopt;
}

class agreement_sheet {
public:
    agreement_sheet(const workbook::book& book, const share_options& options, std::vector<finding>& findings)
        : book_(book), options_(options), findings_(findings), reader_(book, options, findings),
          grid_(reader_.open(*agreement_sheet_of(book))) {}

    agreement_paper read();

private:
    void find_name_and_year();
    bool find_parties();
    void read_line(std::uint32_t row);
    /// The last row that belongs to the schemes.
    std::uint32_t read_schemes(std::uint32_t heading_row);
    share_terms shares_in(std::uint32_t row, const organisation_heading&);
    std::vector<consent> consents_in(std::uint32_t row, std::uint32_t column);
    /// Whether a term is read for the first time; a finding when it stands there already.
    bool first_time(const std::string& term, std::uint32_t row);
    void read_gains(std::uint32_t row, const std::string& label);
    void say_what_was_left_open();

    const workbook::book& book_;
    const share_options& options_;
    std::vector<finding>& findings_;
    share_reader reader_;
    grid grid_;
    agreement_paper paper_;
    std::optional<organisation_heading> heading_;
    std::map<std::string, provenance> read_;
};

void agreement_sheet::find_name_and_year() {
    std::optional<financial_year> year;
    std::vector<std::string> sheets{grid_.source().name()};
    for (const std::string& name : book_.sheet_names())
        if (name != sheets.front()) sheets.push_back(name);
    for (const std::string& name : sheets) {
        for (const workbook::cell& c : book_.read(name).cells()) {
            if (c.kind != workbook::cell_kind::text) continue;
            const std::string text = riskshare::detail::plain(c.text);
            const std::optional<financial_year> named = year_named_in(text);
            if (named && !year) year = named;
            if (named && paper_.name.empty() && has_text(riskshare::detail::folded(text), "agreement"))
                paper_.name = text;
        }
    }
    if (!year) {
        year = year_named_in(book_.source().name());
        if (year)
            reader_.note("agreement.year_of_file", "no sheet names the year; the file's name says " + to_string(*year),
                         grid_.place());
    }
    if (year)
        paper_.year = *year;
    else
        reader_.error("agreement.no_year", "the workbook names no financial year", grid_.place(),
                      "write it into the title of the agreement, such as 2022/23");
    if (paper_.name.empty()) paper_.name = grid_.source().name() + (year ? " " + to_string(*year) : std::string());
    paper_.title = paper_.name;
}

bool agreement_sheet::find_parties() {
    for (std::uint32_t row = 1; row <= grid_.rows(); ++row) {
        if (riskshare::detail::folded(grid_.text(row, 1)).rfind("agreed share", 0) != 0) continue;
        for (std::uint32_t above = row; above-- > 1;) {
            if (grid_.blank(above, 2) || grid_.is_number(above, 2)) continue;
            heading_ = reader_.heading(grid_, above, 2);
            std::erase_if(heading_->organisations, [](const organisation_column& c) { return c.is_total; });
            for (const organisation_column& c : heading_->organisations)
                paper_.parties.push_back({c.code, grid_.text(above, c.column), grid_.at(above, c.column)});
            return true;
        }
    }
    reader_.error("agreement.no_parties", "no row says \"Agreed share\" under a heading of parties", grid_.place(),
                  "head the columns with the parties");
    return false;
}

share_terms agreement_sheet::shares_in(std::uint32_t row, const organisation_heading& heading) {
    share_terms terms;
    terms.at = grid_.at(row, 1);
    terms.clause = grid_.text(row, 1);
    struct read_share {
        std::string code;
        decimal value;
        bool percent;
        std::uint32_t column;
    };
    std::vector<read_share> read;
    bool whole_percents = false;
    for (const organisation_column& c : heading.organisations) {
        if (c.is_total || grid_.blank(row, c.column)) continue;
        const result<cell_figure> plain = read_amount(grid_, row, c.column, unit::pounds);
        const result<written_amount> written = read_written(grid_.text(row, c.column));
        if (plain && *plain)
            read.push_back({c.code, (*plain)->written(), false, c.column});
        else if (written && written->kind == written_amount::what::percentage)
            read.push_back({c.code, written->value, true, c.column});
        else
            reader_.error("agreement.share", "\"" + grid_.text(row, c.column) + "\" is no share",
                          grid_.at(row, c.column), "write it as a percentage");
        // No share is above one, so a figure above one counts in hundredths, and its neighbours with it.
        if (!read.empty() && !read.back().percent &&
            exact(read.back().value, unit::pounds) > exact(decimal(1, 0), unit::pounds))
            whole_percents = true;
    }
    for (const read_share& s : read) {
        const decimal fraction =
            whole_percents && !s.percent ? decimal(s.value.coefficient(), s.value.exponent() - 2) : s.value;
        const result<ratio> share = to_ratio(fraction);
        if (share)
            terms.shares.push_back({s.code, *share, grid_.at(row, s.column)});
        else
            reader_.error("agreement.share", share.why().message, grid_.at(row, s.column), "round it");
    }
    return terms;
}

std::vector<consent> agreement_sheet::consents_in(std::uint32_t row, std::uint32_t column) {
    std::vector<consent> out = options_.scheme_consents;
    if (column == 0) return out;
    std::string text = grid_.text(row, column), name;
    for (std::size_t at = text.find(" and "); at != std::string::npos; at = text.find(" and "))
        text.replace(at, 5, ",");
    for (const char c : text + ",") {
        if (c != ',' && c != ';') {
            name += c;
            continue;
        }
        name = riskshare::detail::plain(name);
        if (!name.empty()) out.push_back({reader_.code_of(name, grid_.at(row, column)), grid_.at(row, column)});
        name.clear();
    }
    return out;
}

std::uint32_t agreement_sheet::read_schemes(std::uint32_t heading_row) {
    std::optional<organisation_heading> own;
    std::uint32_t consents = 0;
    for (std::uint32_t c = 3; c <= grid_.columns() && !grid_.blank(heading_row, c); ++c) {
        const std::string text = riskshare::detail::folded(grid_.text(heading_row, c));
        if (has_text(text, "consent") || has_text(text, "agreed by")) consents = c;
    }
    if (!grid_.blank(heading_row, 3)) {
        own = organisation_heading{grid_, heading_row, 1, {}};
        for (std::uint32_t c = 3; c <= grid_.columns() && !grid_.blank(heading_row, c) && c != consents; ++c)
            own->organisations.push_back(
                {reader_.code_of(grid_.text(heading_row, c), grid_.at(heading_row, c)), c, false});
    }
    const std::string amount_heading = grid_.text(heading_row, 2);
    const organisation_heading unit_place{grid_, heading_row, 1, {}};
    const std::optional<unit> in = reader_.unit_of(unit_place, amount_heading, grid_.at(heading_row, 2));
    std::uint32_t row = heading_row + 1;
    for (; row <= grid_.rows() && !grid_.blank(row, 1) && !grid_.blank(row, 2); ++row) {
        shared_scheme s{grid_.text(row, 1)};
        s.at = grid_.at(row, 1);
        s.clause = "shared schemes";
        if (in)
            if (const std::optional<stated_money> amount = reader_.amount(grid_, row, 2, *in)) s.amount = amount->value;
        if (own) {
            const share_terms shares = shares_in(row, *own);
            if (!shares.shares.empty()) s.shares = shares;
        }
        s.consents = consents_in(row, consents);
        paper_.terms.schemes.push_back(std::move(s));
    }
    return row - 1;
}

bool agreement_sheet::first_time(const std::string& term, std::uint32_t row) {
    const auto [there, fresh] = read_.emplace(term, grid_.at(row, 1));
    if (!fresh)
        reader_.error("agreement.duplicate_line",
                      "\"" + grid_.text(row, 1) + "\" says the same as the line in " + there->second.cell(),
                      grid_.at(row, 1), "keep one of them");
    return fresh;
}

void agreement_sheet::read_gains(std::uint32_t row, const std::string& label) {
    const std::string value = riskshare::detail::folded(grid_.text(row, 2));
    if (has_text(value, "pro rata"))
        paper_.terms.gains = gain_policy::pro_rata;
    else if (has_text(value, "kept") || has_text(value, "where it arose"))
        paper_.terms.gains = gain_policy::kept;
    else if (has_text(value, "held") || has_text(value, "invest") || has_text(value, "deficit"))
        paper_.terms.gains = gain_policy::held_for_joint_investment;
    else
        reader_.error("agreement.key", "\"" + label + "\" is \"" + grid_.text(row, 2) + "\", which is not known",
                      grid_.at(row, 2), "write held for joint investment, shared pro rata or kept where it arose");
}

void agreement_sheet::read_line(std::uint32_t row) {
    const std::string label = grid_.text(row, 1), folded = riskshare::detail::folded(label);
    const auto amounts = [&](const auto& take) {
        const std::optional<unit> in = reader_.unit_of(*heading_, label, grid_.at(row, 1));
        if (!in) return;
        for (const organisation_column& c : heading_->organisations)
            if (const std::optional<stated_money> m = reader_.amount(grid_, row, c.column, *in)) take(c.code, *m);
    };
    if (has_text(folded, "agreement of all") || has_text(folded, "consent of all")) {
        paper_.consents = {
            consent_rule::how::unanimous, {}, grid_.source().name() + "!" + grid_.at(row, 1).cell(), grid_.at(row, 1)};
        read_.emplace("consent", grid_.at(row, 1));
    } else if (folded.rfind("agreed share", 0) == 0) {
        if (first_time("shares", row)) paper_.terms.shares = shares_in(row, *heading_);
    } else if (has_text(folded, "planned expenditure") || has_text(folded, "basis")) {
        if (!first_time("basis", row)) return;
        expenditure_basis basis{label};
        basis.at = grid_.at(row, 1);
        amounts([&](const std::string& code, const stated_money& m) {
            basis.amounts.push_back({code, m.value, m.at});
        });
        if (!basis.amounts.empty()) paper_.terms.basis = std::move(basis);
    } else if (has_text(folded, "efficienc") || has_text(folded, "cash-releasing")) {
        if (!first_time("efficiency", row)) return;
        amounts([&](const std::string& code, const stated_money& m) {
            paper_.terms.exclusions.push_back({code, m.value, label, m.at});
        });
    } else if (has_text(folded, "sharing starts")) {
        if (!first_time("start", row)) return;
        if (const std::optional<month> m = reader_.month_in(grid_, row, 2)) paper_.timetable.sharing_starts = *m;
        if (grid_.blank(row, 2)) read_.erase("start");
    } else if (has_text(folded, "recommendation")) {
        if (first_time("recommendation", row)) paper_.timetable.recommendation = reader_.month_in(grid_, row, 2);
    } else if (has_text(folded, "update")) {
        if (first_time("update", row)) paper_.timetable.update = reader_.month_in(grid_, row, 2);
    } else if (has_text(folded, "surplus") || has_text(folded, "gain")) {
        if (!grid_.blank(row, 2) && first_time("gains", row)) read_gains(row, label);
    } else if (has_text(folded, "dead-band") || has_text(folded, "dead band")) {
        if (!first_time("dead-band", row)) return;
        const std::optional<unit> in = reader_.unit_of(*heading_, label, grid_.at(row, 1));
        if (in)
            if (const std::optional<stated_money> m = reader_.amount(grid_, row, 2, *in))
                paper_.terms.dead_band = m->value;
    } else if (!grid_.blank(row, 2)) {
        reader_.note("agreement.line_not_read", "\"" + label + "\" is no term of an agreement and was not read",
                     grid_.at(row, 1));
    }
}

void agreement_sheet::say_what_was_left_open() {
    if (read_.count("start") == 0)
        reader_.error("agreement.no_start", "the sheet does not say in which month sharing starts", grid_.place(),
                      "add a row \"Sharing starts in month\"");
    if (read_.count("consent") == 0)
        reader_.note("agreement.read_as", "the sheet names no rule of consent: read as consent of all parties",
                     grid_.place());
    if (read_.count("gains") == 0)
        reader_.note("agreement.read_as",
                     "the sheet does not say what becomes of a net surplus: read as held for joint investment",
                     grid_.place());
}

agreement_paper agreement_sheet::read() {
    paper_.at = grid_.place();
    find_name_and_year();
    if (!find_parties()) return paper_;
    std::vector<std::uint32_t> further;
    for (std::uint32_t row = 1; row <= grid_.rows(); ++row) {
        if (row == heading_->row || grid_.blank(row, 1)) continue;
        const std::string label = riskshare::detail::folded(grid_.text(row, 1));
        if (is_further_term(label))
            further.push_back(row);
        else if (label == "shared scheme" || label == "shared schemes")
            row = read_schemes(row);
        else
            read_line(row);
    }
    read_further_terms(grid_, *heading_, further, reader_, paper_, findings_);
    if (paper_.terms.gain_terms) read_.emplace("gains", grid_.place());
    say_what_was_left_open();
    return paper_;
}

} // namespace

bool has_agreement(const workbook::book& book) { return agreement_sheet_of(book).has_value(); }

outcome<agreement_paper> read_agreement_sheet(const workbook::book& book, const share_options& options) {
    std::vector<finding> findings;
    if (!has_agreement(book)) {
        findings.push_back({"agreement.no_sheet",
                            severity::error,
                            book.source().name() + " has no sheet called Agreement",
                            {},
                            "give the agreement with --agreement"});
        return findings;
    }
    agreement_paper paper = agreement_sheet(book, options, findings).read();
    if (has_errors(findings)) return findings;
    return outcome<agreement_paper>(std::move(paper), std::move(findings));
}

} // namespace riskshare::templates
