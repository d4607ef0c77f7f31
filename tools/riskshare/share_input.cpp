#include "share_input.hpp"

#include "load.hpp"

#include <riskshare/agreement_document.hpp>
#include <riskshare/llr.hpp>
#include <riskshare/template/mapping.hpp>

#include <algorithm>

namespace riskshare::tool {

templates::share_options share_reading(const share_command_options& o) {
    const templates::read_options common = tool::reading(o);
    templates::share_options out;
    std::vector<organisation> known = llr::directory().all();
    for (const auto& [typed, code] : common.map.organisations) {
        const std::string& wanted = code;
        const auto found =
            std::find_if(known.begin(), known.end(), [&wanted](const organisation& b) { return b.code == wanted; });
        if (found != known.end())
            found->aliases.push_back(typed);
        else
            known.push_back({code, code, {typed}});
    }
    result<organisation_directory> directory = organisation_directory::of(std::move(known));
    if (!directory) throw input_refused(directory.why().rule, directory.why().message);
    out.directory = std::move(directory).value();
    out.unit_if_none = common.unit_if_none;
    if (o.round_to_penny) out.round_to_penny = rounding::half_away_from_zero;
    for (const std::string& code : o.consents) out.scheme_consents.push_back({code});
    return out;
}

const workbook::book* share_input::positions() const {
    for (const workbook::book& b : books_)
        if (!templates::position_months(b).empty()) return &b;
    return nullptr;
}

std::optional<agreement> share_input::agreed() {
    std::optional<outcome<agreement>> made;
    if (!options_.agreement.empty()) {
        made = read_agreement(read_bytes(options_.agreement), options_.agreement);
    } else {
        for (const workbook::book& b : books_) {
            if (!templates::has_agreement(b)) continue;
            outcome<agreement_paper> paper = templates::read_agreement_sheet(b, reading_);
            take(paper.findings());
            if (!paper) return std::nullopt;
            made = agreement::made_from(std::move(paper).value());
            break;
        }
        if (!made)
            findings.push_back({"agreement.no_sheet",
                                severity::error,
                                "no agreement is given, and no workbook has a sheet called Agreement",
                                {},
                                "give one with --agreement A.toml"});
    }
    if (!made) return std::nullopt;
    take(made->findings());
    return *made ? std::optional<agreement>(std::move(*made).value()) : std::nullopt;
}

std::optional<month> share_input::month_asked() {
    if (options_.month != 0) return month(options_.month);
    const workbook::book* book = positions();
    const std::vector<month> months = book ? templates::position_months(*book) : std::vector<month>{};
    if (months.size() == 1) return months.front();
    findings.push_back({"share.no_month",
                        severity::error,
                        "the workbook has positions of several months",
                        {},
                        "say which with --month"});
    return std::nullopt;
}

std::optional<share_inputs> share_input::reported(const workbook::book& book, const agreement& a, month m,
                                                  share_basis basis) {
    outcome<share_inputs> in = templates::read_positions(book, a, {a.year(), m}, basis, reading_);
    take(in.findings());
    return in ? std::optional<share_inputs>(std::move(in).value()) : std::nullopt;
}

std::optional<statement> share_input::shared(const agreement& a, const share_inputs& in) {
    outcome<statement> s = statement_of(a, in);
    take(s.findings());
    return s ? std::optional<statement>(std::move(s).value()) : std::nullopt;
}

std::optional<statement> share_input::computed(const workbook::book& book, const agreement& a, month m,
                                               share_basis basis) {
    const std::optional<share_inputs> in = reported(book, a, m, basis);
    return in ? shared(a, *in) : std::nullopt;
}

} // namespace riskshare::tool
