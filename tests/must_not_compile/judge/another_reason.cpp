// expect: use of deleted function|call to deleted function
#include <riskshare/error.hpp>

int main() { return a_name_that_nobody_declared; }
