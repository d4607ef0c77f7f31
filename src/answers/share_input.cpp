#include "share_input.hpp"

#include <riskshare/workbook/calculated.hpp>

#include "load.hpp"

#include <riskshare/agreement_document.hpp>
#include <riskshare/template/mapping.hpp>

#include <algorithm>

namespace riskshare::answers {

templates::share_options share_reading(const share_command_options& o, const console& from) {
    const templates::read_options common = answers::reading(o, from);
    templates::share_options out;
    out.directory = common.directory;
    out.map = common.map;
    out.unit_if_none = common.unit_if_none;
    if (o.round_to_penny) out.round_to_penny = rounding::half_away_from_zero;
    for (const std::string& code : o.consents) out.scheme_consents.push_back({code});
    return out;
}

std::vector<month> share_source::months() const {
    std::vector<month> out;
    if (book) out = templates::position_months(*book);
    for (const share_inputs& in : read.positions)
        if (std::find(out.begin(), out.end(), in.when.month) == out.end()) out.push_back(in.when.month);
    std::sort(out.begin(), out.end());
    return out.empty() ? of_bodies : out;
}

share_source open_source(const std::string& file, const console& from) {
    std::string bytes = from.read(file);
    share_source s;
    if (std::optional<model> m = model_of(bytes, file))
        s.read = *std::move(m);
    else {
        s.as_stored = book_of(std::move(bytes), file);
        s.book = workbook::calculated(*s.as_stored);
    }
    return s;
}

share_input::share_input(const share_command_options& o, const console& from, std::vector<share_source> sources)
    : options_(o), from_(from), reading_(share_reading(o, from)), sources_(std::move(sources)) {
    const bool agreed_somewhere = !o.agreements.empty() || std::any_of(sources_.begin(), sources_.end(), [](auto& s) {
        return s.read.agreement || (s.book && templates::has_agreement(*s.book));
    });
    if (!agreed_somewhere || positions() != nullptr) return;
    const std::optional<agreement> a = agreed();
    findings.clear(); // whoever asks for the agreement says what is wrong with it
    read_ = {};
    if (!a) return;
    for (share_source& s : sources_) find_bodies(s, *a);
    if (positions() != nullptr) return;
    for (const share_source& s : sources_)
        if (s.book) take(templates::why_no_bodies(*s.book, *a, reading_));
}

void share_input::find_bodies(share_source& source, const agreement& a) const {
    if (!source.months().empty()) return;
    const std::optional<month> asked = options_.month != 0 ? std::optional(month(options_.month)) : std::nullopt;
    if (source.book) source.of_bodies = templates::months_of_bodies(*source.book, a, reading_, asked);
    for (const finance_report& r : source.read.reports)
        if (r.month && !r.organisations.empty()) source.of_bodies.push_back(*r.month);
}

const share_source* share_input::positions() const {
    for (const share_source& s : sources_)
        if (!s.months().empty()) return &s;
    return nullptr;
}

std::optional<agreement> share_input::agreed() {
    std::optional<outcome<agreement>> made;
    if (!options_.agreements.empty()) return agreed_in(options_.agreements.front());
    for (const share_source& s : sources_) {
        if (s.read.agreement) {
            made = agreement::made_from(*s.read.agreement);
            break;
        }
        if (!s.book || !templates::has_agreement(*s.book)) continue;
        outcome<agreement_paper> paper = templates::read_agreement_sheet(*s.book, reading_);
        take(paper.findings());
        if (!paper) return std::nullopt;
        read_.agreement = *paper;
        made = agreement::made_from(std::move(paper).value());
        break;
    }
    if (!made)
        findings.push_back({"agreement.no_sheet",
                            severity::error,
                            "no agreement is given, and no file has one: a workbook has it on a sheet called Agreement",
                            {},
                            "give one with --agreement A.toml"});
    if (!made) return std::nullopt;
    take(made->findings());
    return *made ? std::optional<agreement>(std::move(*made).value()) : std::nullopt;
}

std::optional<agreement> share_input::agreed_in(const std::string& file) {
    outcome<agreement> made = read_agreement(from_.read(file), file);
    take(made.findings());
    return made ? std::optional<agreement>(std::move(made).value()) : std::nullopt;
}

std::optional<month> share_input::month_asked() {
    if (options_.month != 0) return month(options_.month);
    const share_source* source = positions();
    const std::vector<month> months = source != nullptr ? source->months() : std::vector<month>{};
    if (months.size() == 1) return months.front();
    findings.push_back({"share.no_month",
                        severity::error,
                        "the workbook has positions of several months",
                        {},
                        "say which with --month"});
    return std::nullopt;
}

std::optional<share_inputs> share_input::reported(const share_source& source, const agreement& a, month m,
                                                  share_basis basis) {
    const period when{a.year(), m};
    if (!source.book) {
        for (const share_inputs& in : source.read.positions)
            if (in.when == when && in.basis == basis) return in;
        for (const finance_report& r : source.read.reports) {
            if (r.month != m || r.organisations.empty()) continue;
            outcome<share_inputs> in = templates::positions_of_bodies(r, a, when, basis, reading_);
            take(in.findings());
            return in ? std::optional(std::move(in).value()) : std::nullopt;
        }
        findings.push_back({"share.no_month",
                            severity::error,
                            std::string("the model has no ") +
                                (basis == share_basis::forecast ? "forecast" : "position") + " of " + to_string(when),
                            {},
                            "import a workbook that has it"});
        return std::nullopt;
    }
    outcome<share_inputs> in = templates::read_positions(*source.book, a, when, basis, reading_);
    take(in.findings());
    if (!in) return std::nullopt;
    read_.positions.push_back(*in);
    return std::move(in).value();
}

bool share_input::reports_forecast(const agreement& a, month m) {
    const share_source& source = *positions();
    if (!source.book) return true;
    const outcome<share_inputs> in =
        templates::read_positions(*source.book, a, {a.year(), m}, share_basis::forecast, reading_);
    return !in || std::any_of(in->positions.begin(), in->positions.end(),
                              [](const party_position& p) { return p.actual.has_value(); });
}

std::optional<statement> share_input::shared(const agreement& a, const share_inputs& in) {
    outcome<statement> s = statement_of(a, in);
    take(s.findings());
    return s ? std::optional<statement>(std::move(s).value()) : std::nullopt;
}

std::optional<statement> share_input::computed(const share_source& source, const agreement& a, month m,
                                               share_basis basis) {
    const std::optional<share_inputs> in = reported(source, a, m, basis);
    return in ? shared(a, *in) : std::nullopt;
}

} // namespace riskshare::answers
