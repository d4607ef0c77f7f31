#include "load.hpp"

#include <riskshare/document.hpp>

namespace riskshare::answers {

int run_import(const import_options& o, console& to) {
    const loaded in = load(o, to, templates::read_whole_workbook);
    print(to, in.findings);
    // A model with a figure missing would be taken for a whole one.
    if (has_errors(in.findings)) {
        to.talk << "nothing was written\n";
        return found_errors;
    }
    std::string model = to_json(in.read);
    if (!o.output.empty()) {
        to.make(o.output, std::move(model));
        return fine;
    }
    if (to.wants_text) to.out << model;
    if (to.wants_json) to.json << model;
    return fine;
}

} // namespace riskshare::answers
