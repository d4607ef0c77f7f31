#include <riskshare/answers.hpp>

namespace riskshare::answers {

std::string version() {
    const std::string commit = RISKSHARE_COMMIT;
    return RISKSHARE_VERSION + (commit.empty() ? "" : " (commit " + commit + ")");
}

} // namespace riskshare::answers
