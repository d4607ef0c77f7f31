// Answers what an agreement says by itself.
#include "load.hpp"
#include "share_input.hpp"

#include <riskshare/agreement_document.hpp>
#include <riskshare/report/agreement_page.hpp>

#include <utility>

namespace riskshare::answers {

namespace {

share_command_options as_share(const agreement_options& o) {
    share_command_options s;
    static_cast<input_options&>(s) = o;
    return s;
}

} // namespace

int run_agreement(const agreement_options& o, console& to) {
    if (to.wants_json && o.files.size() > 1) {
        to.complain("JSON is one answer: give one agreement at a time");
        return wrong_use;
    }
    int worst = fine;
    for (const std::string& file : o.files) {
        const bool toml = extension(file) == ".toml";
        share_command_options asked = as_share(o);
        std::vector<share_source> sources;
        if (toml)
            asked.agreements = {file};
        else
            sources.push_back(open_source(file, to));
        share_input in(asked, to, std::move(sources));
        const std::optional<agreement> a = in.agreed();
        std::vector<finding> findings = std::move(in.findings);
        if (a)
            for (finding& f : report::wrong_sizes(*a)) findings.push_back(std::move(f));
        if (has_errors(findings)) {
            if (to.wants_json) to.json << report::refused_agreement_json(findings);
            if (to.wants_text) to.talk << "The agreement does not stand as it is written.\n";
            print(to, findings);
            worst = found_errors;
            continue;
        }
        const report::agreement_reading reading = report::reading_of(*a, findings);
        if (to.wants_json) to.json << report::agreement_json(reading);
        if (to.wants_text) to.out << report::agreement_page(reading, to.out_colour);
        if (!o.verbose) std::erase_if(findings, [](const finding& f) { return f.severity == severity::note; });
        if (!findings.empty()) print(to, findings);
        worst = std::max(worst, status_of(findings));
    }
    return worst;
}

} // namespace riskshare::answers
