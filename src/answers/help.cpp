// What a mapping file may say.
#include "commands.hpp"

#include <riskshare/template/mapping.hpp>

namespace riskshare::answers {

int run_help(const help_options&, console& to) {
    to.out << templates::mapping_help();
    return fine;
}

} // namespace riskshare::answers
