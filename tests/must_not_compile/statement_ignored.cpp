// expect: (conversion from|no viable conversion)
#include <riskshare/statement.hpp>

// An outcome may hold findings instead of a statement: it must be asked.
riskshare::statement s = riskshare::statement_of(*static_cast<riskshare::agreement*>(nullptr), {});
